using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Market.Tidy;

/// <summary>One source file of ours, read once.</summary>
/// <param name="Path">From the root of the repository, with slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public CompilationUnitSyntax Tree { get; } = CSharpSyntaxTree.ParseText(Text).GetCompilationUnitRoot();

    public int Lines => Text.Split('\n').Length - 1;
}

internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file under a folder of the repository, without what builds make.</summary>
    public static IReadOnlyList<SourceFile> Under(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/") && !file.Contains("/bin/") && !file.Contains("/node_modules/"))
            .Order(StringComparer.Ordinal)
            .Select(file => new SourceFile(file, File.ReadAllText(Path.Combine(Root, file)))),
    ];

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Market.slnx"))) { folder = Path.GetDirectoryName(folder); }
        return folder ?? throw new InvalidOperationException("Market.slnx stands at the root of the repository.");
    }
}
