using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;

namespace Market.Node.Tests.Config.Hocon;

/// <summary>HOCON is a superset of JSON, so the JSON provider is an oracle: it must read the same values under the same keys.</summary>
public class HoconJsonTests
{
    private static readonly JsonSerializerOptions[] Layouts = [new(), new() { WriteIndented = true }];

    [Fact]
    public void Any_JSON_object_is_read_as_the_JSON_provider_reads_it()
    {
        var documents =
            from depth in Gen.Choose(1, 4)
            from root in Fields(depth)
            from layout in Gen.Elements(Layouts)
            select root.ToJsonString(layout);
        Prop.ForAll(documents.ToArbitrary(), json => ByHocon(json).ShouldBe(ByJson(json)))
            .Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static string ByHocon(string json) =>
        Lines(Reading.Document(json).Entries.Select(entry => (entry.KeyPath, entry.Value)));

    private static string ByJson(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        var configuration = new ConfigurationBuilder().AddJsonStream(stream).Build();
        return Lines(Leaves(configuration).Select(section => (section.Path, section.Value)));
    }

    private static IEnumerable<IConfigurationSection> Leaves(IConfiguration parent) =>
        parent.GetChildren().SelectMany(child => child.GetChildren().Any() ? Leaves(child) : [child]);

    /// <summary>The JSON provider writes booleans with a capital; both read as the same boolean.</summary>
    private static string Lines(IEnumerable<(string Key, string? Value)> values) => string.Join('\n', values
        .Select(pair => $"{pair.Key} = {JsonSerializer.Serialize(pair.Value is "True" or "False" ? pair.Value.ToLowerInvariant() : pair.Value)}")
        .Order(StringComparer.Ordinal));

    private static Gen<JsonNode> Fields(int depth) =>
        from count in Gen.Choose(0, 4)
        from names in Gen.Elements("a", "B", "c-d", "e.f", "g h", "é", "${i}", "j#k", "include", "\"", "\\").ArrayOf(count)
        from values in Value(depth).ArrayOf(count)
        select (JsonNode)new JsonObject(names.Zip(values, KeyValuePair.Create).DistinctBy(pair => pair.Key));

    private static Gen<JsonNode?> Value(int depth)
    {
        var text = ArbMap.Default.ArbFor<string?>().Generator.Select(value => JsonSerializer.Serialize(value));
        var word = Gen.Elements("0", "-1", "1.50", "1e5", "-2.5E+10", "1E-7", "true", "false", "null");
        var leaf = Gen.OneOf(text, word).Select(json => JsonNode.Parse(json));
        return depth == 0
            ? leaf
            : Gen.OneOf(leaf, Fields(depth - 1).Select(fields => (JsonNode?)fields), Elements(depth - 1));
    }

    private static Gen<JsonNode?> Elements(int depth) =>
        from count in Gen.Choose(0, 4)
        from values in Value(depth).ArrayOf(count)
        select (JsonNode?)new JsonArray(values);
}
