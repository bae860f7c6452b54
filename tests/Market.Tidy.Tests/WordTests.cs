using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Market.Tidy;

/// <summary>Words that have no place in some rooms, or in any.</summary>
public partial class WordTests
{
    [Fact]
    public void The_deterministic_rooms_know_no_clock_chance_or_thread_of_the_machine()
    {
        Deterministic().SelectMany(file => Hits(file, Ambient())).ShouldBeEmpty();
    }

    [Fact]
    public void The_deterministic_rooms_hash_nothing_by_what_differs_between_processes()
    {
        Deterministic().SelectMany(file => Hits(file, ProcessHash())).ShouldBeEmpty();
    }

    [Fact]
    public void The_market_draws_only_from_its_own_arithmetic()
    {
        SourceTree.Under("src/Market.Actors").SelectMany(file => Hits(file, LibraryMaths())).ShouldBeEmpty();
    }

    [Fact]
    public void No_balance_is_floating_point()
    {
        var fields =
            from folder in new[] { "src/Market.Protocol/Values", "src/Market.Actors/Traders" }
            from file in SourceTree.Under(folder)
            from parameter in file.Tree.DescendantNodes().OfType<ParameterSyntax>()
            where parameter.Type?.ToString() is "double" or "float" && parameter.Identifier.Text is not "coins"
            select $"{file.Path}: {parameter}";
        fields.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_left_undone_in_a_comment()
    {
        SourceTree.Under("src").Concat(SourceTree.Under("tests")).Where(file => !file.Path.EndsWith("WordTests.cs", StringComparison.Ordinal))
            .SelectMany(file => Hits(file, Undone())).ShouldBeEmpty();
    }

    [Fact]
    public void Tests_wait_for_facts_and_never_sleep()
    {
        SourceTree.Under("tests").Where(file => !file.Path.EndsWith("WordTests.cs", StringComparison.Ordinal))
            .SelectMany(file => Hits(file, Sleeping())).ShouldBeEmpty();
    }

    /// <summary>Two that did at once would hold both threads of a test run on two cores, which what they wait for needs too: it would hang for good.</summary>
    [Fact]
    public void Tests_never_block_on_a_task()
    {
        SourceTree.Under("tests").Where(file => !file.Path.EndsWith("WordTests.cs", StringComparison.Ordinal))
            .SelectMany(file => Hits(file, Blocking())).ShouldBeEmpty();
    }

    [Fact]
    public void No_folder_is_a_drawer()
    {
        SourceTree.Under("src").Where(file => Drawer().IsMatch(file.Path)).Select(file => file.Path).ShouldBeEmpty();
    }

    private static IEnumerable<SourceFile> Deterministic() => SourceTree.Under("src/Market.Protocol").Concat(SourceTree.Under("src/Market.Actors"));

    private static IEnumerable<string> Hits(SourceFile file, Regex word) =>
        file.Text.Split('\n').Select((line, at) => (line, at))
            .Where(hit => word.IsMatch(hit.line) && !hit.line.TrimStart().StartsWith("///", StringComparison.Ordinal))
            .Select(hit => $"{file.Path}:{hit.at + 1}: {hit.line.Trim()}");

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?Now|\bStopwatch\b|Guid\.NewGuid|\bnew Random\b|Random\.Shared|Environment\.Tick|TimeProvider|Task\.Run|Thread\.Sleep|\bThreadPool\b|\bnew Thread\b")]
    private static partial Regex Ambient();

    [GeneratedRegex(@"\.GetHashCode\(|\bHashCode\.")]
    private static partial Regex ProcessHash();

    [GeneratedRegex(@"\bMath\.(Exp|Log\w*|Pow|Sin|Cos|Tan|FusedMultiplyAdd|Cbrt)\b")]
    private static partial Regex LibraryMaths();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Undone();

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay\(")]
    private static partial Regex Sleeping();

    [GeneratedRegex(@"GetAwaiter\(\)\.GetResult\(|Async\([^;]*\)\.(Result\b|Wait\()")]
    private static partial Regex Blocking();

    [GeneratedRegex(@"/(Common|Utils?|Helpers?|Impl|Core|Managers?)/")]
    private static partial Regex Drawer();
}
