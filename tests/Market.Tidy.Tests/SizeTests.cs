using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Market.Tidy;

public class SizeTests
{
    private const int LongestFile = 400;
    private const int LongestFunction = 70;
    private const int MostNamesInRoot = 20;

    [Fact]
    public void No_file_is_longer_than_a_person_reads_at_once()
    {
        SourceTree.Under(".").Where(file => file.Lines > LongestFile).Select(file => $"{file.Path}: {file.Lines} lines").ShouldBeEmpty();
    }

    [Fact]
    public void No_function_is_longer_than_a_page()
    {
        SourceTree.Under(".").SelectMany(LongFunctions).ShouldBeEmpty();
    }

    [Fact]
    public void The_root_stays_under_twenty_names()
    {
        Directory.EnumerateFileSystemEntries(SourceTree.Root).Select(Path.GetFileName)
            .Where(name => !name!.StartsWith('.') && name is not ("data" or "TestResults"))
            .Count().ShouldBeLessThan(MostNamesInRoot);
    }

    private static IEnumerable<string> LongFunctions(SourceFile file) =>
        from function in file.Tree.DescendantNodes()
        where function is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        let lines = Lines(function)
        where lines > LongestFunction
        select $"{file.Path}:{function.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {lines} lines";

    private static int Lines(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
