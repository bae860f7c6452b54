using System.Text.RegularExpressions;

namespace Market.Node.Tests.Telemetry;

/// <summary>docs/TELEMETRY.md lists what a node tells about itself, and nothing else.</summary>
public sealed partial class CatalogueTests
{
    [Fact]
    public async Task Every_instrument_is_in_the_catalogue_with_its_kind_and_labels_and_none_is_only_there()
    {
        await using var node = await NodeFixture.StartAsync();
        var told = (await node.GetAsync("/metrics")).Text;
        var kinds = Type().Matches(told).Select(type => (Name: type.Groups["name"].Value, Kind: type.Groups["kind"].Value));
        var instruments = kinds.Select(type => $"{type.Name} {type.Kind} {Regex.Match(told, $@"^{type.Name}\{{(\w+)=", RegexOptions.Multiline).Groups[1].Value}").ToList();

        var listed = Row().Matches(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "docs", "TELEMETRY.md")))
            .Select(row => $"{row.Groups["name"].Value} {row.Groups["kind"].Value} {row.Groups["label"].Value}").ToList();

        listed.ShouldBe(instruments, ignoreOrder: true);
        instruments.Count.ShouldBeGreaterThan(30);
    }

    [GeneratedRegex(@"^# TYPE (?<name>\S+) (?<kind>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Type();

    [GeneratedRegex(@"^\| `(?<name>\w+)` \| (?<kind>\w+) \| (?<label>\w*) ?\| \S", RegexOptions.Multiline)]
    private static partial Regex Row();
}
