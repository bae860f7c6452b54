using System.Text.RegularExpressions;

namespace Market.Tidy;

/// <summary>Who may name whom: the rooms of the house, and the arrows that must not be drawn between them.</summary>
public class RoomTests
{
    /// <summary>Under a folder, these namespaces are never used.</summary>
    public static TheoryData<string, string[]> Walls => new()
    {
        { "src/Market.Protocol", ["Market.Actors", "Market.Node", "System.Threading.Tasks", "System.IO", "System.Net", "Microsoft"] },
        { "src/Market.Actors", ["Market.Node", "System.Threading.Tasks", "System.IO", "System.Net", "Microsoft", "SQLitePCL"] },
        { "src/Market.Actors/Traders", Outer("Clock") },
        { "src/Market.Actors/Prices", Outer() },
        { "src/Market.Actors/Plantations", Outer() },
        { "src/Market.Actors/Gibber", Outer() },
        { "src/Market.Actors/Clock", Outer() },
        { "src/Market.Actors/Scores", Outer() },
        { "src/Market.Actors/Chance", [.. Outer(), "Market.Actors.Traders", "Market.Actors.Clock"] },
        { "src/Market.Actors/Journal", ["Market.Actors.Runtime", "Market.Actors.Shards", "Market.Actors.Views", "Market.Actors.Mailboxes"] },
        { "src/Market.Actors/Mailboxes", ["Market.Actors.Runtime", "Market.Actors.Shards", "Market.Actors.Views", "Market.Actors.Journal"] },
        { "src/Market.Actors/Runtime", ["Market.Actors.Shards", "Market.Actors.Views", "Market.Actors.Audit"] },
        { "src/Market.Actors/Cluster", ["Market.Actors.Runtime", "Market.Actors.Shards", "Market.Actors.Views", "Market.Actors.Audit"] },
        { "src/Market.Actors/Shards", ["Market.Actors.Journal", "Market.Actors.Views"] },
        { "src/Market.Actors/Views", ["Market.Actors.Runtime", "Market.Actors.Shards", "Market.Actors.Mailboxes"] },
        { "src/Market.Actors/Bots", ["Market.Actors.Runtime", "Market.Actors.Shards", "Market.Actors.Journal", "Market.Actors.Views"] },
        { "src/Market.Actors/Laboratory", ["Market.Actors.Views"] },
        { "src/Market.Actors/Audit", ["Market.Actors.Laboratory", "Market.Actors.Bots"] },
        { "src/Market.Node/Doors", ["Market.Actors.Journal", "Market.Actors.Traders", "Market.Actors.Prices", "Market.Actors.Plantations", "Market.Node.Journals"] },
        { "src/Market.Node/Journals", ["Market.Actors.Runtime", "Market.Actors.Shards", "Market.Actors.Views", "Market.Node.Doors"] },
        { "src/Market.Node/Journals/Sqlite", ["Market.Node.Journals.Postgres"] },
        { "src/Market.Node/Journals/Postgres", ["Market.Node.Journals.Sqlite"] },
        { "src/Market.Node/Cluster", ["Market.Node.Journals", "Market.Node.Cli", "Market.Node.Doors.Http", "Market.Node.Doors.WebSockets"] },
        { "src/Market.Node/Bots", ["Market.Actors.Journal", "Market.Actors.Traders", "Market.Node.Journals"] },
        { "src/Market.Node/Laboratory", ["Market.Node.Doors", "Market.Node.Hosting", "Market.Node.Bots"] },
        { "src/Market.Node/Cli", ["Market.Actors.Traders", "Market.Actors.Prices", "Market.Actors.Plantations"] },
    };

    [Theory]
    [MemberData(nameof(Walls))]
    public void Walls_between_rooms_stand(string room, string[] never)
    {
        var used =
            from file in SourceTree.Under(room)
            from use in file.Tree.Usings
            let name = use.Name?.ToString() ?? ""
            from wall in never
            where name == wall || name.StartsWith(wall + ".", StringComparison.Ordinal)
            select $"{file.Path} uses {name}";
        used.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_that_runs_a_market_names_its_simulation()
    {
        SourceTree.Under("src/Market.Actors")
            .Where(file => !file.Path.Contains("/Simulation/", StringComparison.Ordinal) && file.Text.Contains("Market.Actors.Simulation", StringComparison.Ordinal))
            .Select(file => file.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Views_never_decide()
    {
        SourceTree.Under("src/Market.Actors/Views").Where(file => Regex.IsMatch(file.Text, @"\b\w+Decider\b")).Select(file => file.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("src/Market.Protocol/Market.Protocol.csproj")]
    [InlineData("src/Market.Actors/Market.Actors.csproj")]
    public void The_deterministic_rooms_need_no_package(string project)
    {
        File.ReadAllText(Path.Combine(SourceTree.Root, project)).ShouldNotContain("PackageReference");
    }

    [Theory]
    [InlineData("SQLitePCL", "/Journals/Sqlite/")]
    [InlineData("using Npgsql", "/Journals/Postgres/")]
    public void Only_a_drivers_own_folder_names_it(string driver, string folder)
    {
        SourceTree.Under("src/Market.Node")
            .Where(file => file.Text.Contains(driver, StringComparison.Ordinal) && !file.Path.Contains(folder, StringComparison.Ordinal))
            .Select(file => file.Path).ShouldBeEmpty();
    }

    private static string[] Outer(params string[] more) =>
    [
        "Market.Actors.Journal", "Market.Actors.Runtime", "Market.Actors.Views", "Market.Actors.Shards", "Market.Actors.Mailboxes", "Market.Actors.Answers",
        .. more.Select(room => $"Market.Actors.{room}"),
    ];
}
