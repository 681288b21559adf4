using Microsoft.CodeAnalysis;

namespace Lime.Tests.Tidy;

/// <summary>Something that every file of the code base has to keep to.</summary>
internal interface ITidyRule
{
    /// <summary>The rule, said as what holds.</summary>
    string Name { get; }

    /// <summary>Every place in <paramref name="file"/> that breaks it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="model">What its names mean, with the whole code base around it.</param>
    IEnumerable<Finding> Check(SourceFile file, SemanticModel model);
}
