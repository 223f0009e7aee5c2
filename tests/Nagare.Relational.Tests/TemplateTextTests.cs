using Nagare.Storage;

namespace Nagare.Relational.Tests;

public class TemplateTextTests
{
    [Fact]
    public void Templates_come_back_as_they_were_kept()
    {
        var template = new ExplanationTemplate("{A} \"called\" B", "línea\n2", null, "agent", ["tool={Name}", "x=\u0000"]);
        var read = TemplateText.Read(TemplateText.Write(template))!;
        Assert.Equal(template with { Tags = [] }, read with { Tags = template.Tags } with { Tags = [] });
        Assert.Equal(template.Tags, read.Tags);
        Assert.Null(TemplateText.Write(null));
        Assert.Null(TemplateText.Read(null));
    }
}
