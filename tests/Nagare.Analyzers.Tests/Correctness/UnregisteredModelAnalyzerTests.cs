using Check = Nagare.Analyzers.Tests.RuleTest<Nagare.Analyzers.UnregisteredModelAnalyzer>;

namespace Nagare.Analyzers.Tests;

public class UnregisteredModelAnalyzerTests
{
    [Fact]
    public Task A_model_of_ones_own_that_is_not_added_is_found() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, DateTimeOffset At) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }
        [EventModel] public sealed partial class Model : IEventModel { public static void Register(EventModelBuilder builder) { } }
        public sealed class Setup
        {
            public static void Serve(Microsoft.Extensions.DependencyInjection.IServiceCollection services)
            {
                Microsoft.Extensions.DependencyInjection.NagareServiceCollectionExtensions.{|NAG1007:AddNagare|}(services, nagare => nagare.OnUnknownEvent(UnknownEventPolicy.Skip));
            }
        }
        """);

    [Fact]
    public Task A_model_whose_family_an_aggregate_folds_is_found() => Check.FindsWith("""
        [EventFamily("bill")] public abstract partial record BillEvent { [Event] public sealed record Paid : BillEvent; }
        [EventModel] public sealed partial class Bills;
        """, """
        [Aggregate(IgnoreRest = true)] public sealed partial record Total : IAggregate<Total, BillEvent>;
        [EventModel] public sealed partial class Model : IEventModel { public static void Register(EventModelBuilder builder) { } }
        public sealed class Setup
        {
            public static void Serve(Microsoft.Extensions.DependencyInjection.IServiceCollection services)
            {
                Microsoft.Extensions.DependencyInjection.NagareServiceCollectionExtensions.{|NAG1007:AddNagare|}(services, nagare => { nagare.AddModel<Model>(); });
            }
        }
        """);

    [Fact]
    public Task A_model_whose_repository_is_asked_for_is_found() => Check.FindsWith("""
        [EventFamily("bill")] public abstract partial record BillEvent;
        [Aggregate(IgnoreRest = true)] public sealed partial record Total : IAggregate<Total, BillEvent>;
        [EventModel] public sealed partial class Bills;
        """, """
        public sealed class Desk(IAggregateRepository<Total> totals);
        public sealed class Setup
        {
            public static void Serve(Microsoft.Extensions.DependencyInjection.IServiceCollection services)
            {
                Microsoft.Extensions.DependencyInjection.NagareServiceCollectionExtensions.{|NAG1007:AddNagare|}(services, nagare => nagare.OnUnknownEvent(UnknownEventPolicy.Skip));
            }
        }
        """);

    [Fact]
    public Task A_model_that_is_added_here_or_in_another_file_is_fine() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, DateTimeOffset At) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }
        [EventModel] public sealed partial class Model : IEventModel { public static void Register(EventModelBuilder builder) { } }
        public sealed class Setup
        {
            public static void Serve(Microsoft.Extensions.DependencyInjection.IServiceCollection services)
            {
                Microsoft.Extensions.DependencyInjection.NagareServiceCollectionExtensions.AddNagare(services, nagare => nagare.AddModel<Model>());
                Microsoft.Extensions.DependencyInjection.NagareServiceCollectionExtensions.AddNagare(services, nagare => nagare.OnUnknownEvent(UnknownEventPolicy.Skip));
            }
        }
        """);

    [Fact]
    public Task A_builder_that_goes_elsewhere_may_be_told_there() => Check.Finds("""
        [EventFamily("run")]
        public abstract partial record RunEvent
        {
            [Event] public sealed record Started(string Prompt, DateTimeOffset At) : RunEvent;
            [Event] public sealed record Failed(string Error) : RunEvent;
        }
        [EventModel] public sealed partial class Model : IEventModel { public static void Register(EventModelBuilder builder) { } }
        public sealed class Setup
        {
            public static void Serve(Microsoft.Extensions.DependencyInjection.IServiceCollection services)
            {
                Microsoft.Extensions.DependencyInjection.NagareServiceCollectionExtensions.AddNagare(services, nagare => Elsewhere.Configure(nagare));
                Microsoft.Extensions.DependencyInjection.NagareServiceCollectionExtensions.AddNagare(services, Elsewhere.Configure);
            }
        }
        public static class Elsewhere { public static void Configure(NagareBuilder nagare) { } }
        """);

    [Fact]
    public Task A_model_that_nobody_uses_need_not_be_added() => Check.FindsWith("""
        [EventFamily("bill")] public abstract partial record BillEvent;
        [EventModel] public sealed partial class Bills;
        """, """
        public sealed class Setup
        {
            public static void Serve(Microsoft.Extensions.DependencyInjection.IServiceCollection services)
            {
                Microsoft.Extensions.DependencyInjection.NagareServiceCollectionExtensions.AddNagare(services, nagare => nagare.OnUnknownEvent(UnknownEventPolicy.Skip));
            }
        }
        """);
}
