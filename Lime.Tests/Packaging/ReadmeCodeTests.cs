using NUnit.Framework;

namespace Lime.Tests.Packaging;

/// <remarks>Goal: no code in the README escapes the test that runs it.</remarks>
[TestFixture]
internal sealed class ReadmeCodeTests
{
    [Test]
    public void Named_blocks_become_files()
    {
        ReadmeCode code = ReadmeCode.Parse(
            "# A\n<!-- file: A.cs -->\n```csharp\nclass A;\n```\n\n```sh\nls\n```\n"
            + "<!-- file: B.cs -->\n```csharp\nclass B;\nclass C;\n```\n<!-- output -->\n```text\nhello\n```\n");

        Assert.That(code.Files, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["A.cs"] = "class A;\n",
            ["B.cs"] = "class B;\nclass C;\n",
        }));
        Assert.That(code.Output, Is.EqualTo("hello\n"));
    }

    [Test]
    public void A_block_without_a_name_is_refused() => Assert.That(
        () => ReadmeCode.Parse("```csharp\nclass A;\n```\n"), Throws.TypeOf<FormatException>());
}
