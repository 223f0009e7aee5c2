using Check = Nagare.CodeFixes.Tests.FixTest<Nagare.Analyzers.UnregisteredModelAnalyzer, Nagare.CodeFixes.UnregisteredModelCodeFix>;

namespace Nagare.CodeFixes.Tests;

public class UnregisteredModelCodeFixTests
{
    [Fact]
    public Task The_model_is_added() => Check.Makes(
        "NAG1007.Fix",
        ["""
            using Microsoft.Extensions.DependencyInjection;
            [EventFamily("run")] public abstract partial record RunEvent;
            [EventModel] public sealed partial class Model : IEventModel { public static void Register(EventModelBuilder builder) { } }
            public static class Setup
            {
                public static void Serve(IServiceCollection services) => services.{|NAG1007:AddNagare|}(nagare => nagare.OnUnknownEvent(UnknownEventPolicy.Skip));
            }
            """],
        ["""
            using Microsoft.Extensions.DependencyInjection;
            [EventFamily("run")] public abstract partial record RunEvent;
            [EventModel] public sealed partial class Model : IEventModel { public static void Register(EventModelBuilder builder) { } }
            public static class Setup
            {
                public static void Serve(IServiceCollection services) => services.AddNagare(nagare => nagare.AddModel<Model>().OnUnknownEvent(UnknownEventPolicy.Skip));
            }
            """]);
}
