using System.Text.Json;
using Market.Node.Cli.Pbm;

namespace Market.Node.Tests.Cli.Pbm;

public sealed class ClusterChangesTests
{
    private static readonly JsonElement Two = Cluster(("a", true, ["m/0", "m/1"]), ("b", true, []));

    [Fact]
    public void The_first_look_finds_everybody_new() => ClusterChanges.Between(null, Two).ShouldBe(
        [new ClusterChange("joined", "a"), new ClusterChange("joined", "b"), new ClusterChange("took", "a", "m/0"), new ClusterChange("took", "a", "m/1")]);

    [Fact]
    public void A_shard_that_goes_from_one_to_another_is_taken_from_it() =>
        ClusterChanges.Between(Two, Cluster(("a", true, ["m/0"]), ("b", true, ["m/1"]))).ShouldBe([new ClusterChange("took", "b", "m/1", "a")]);

    [Fact]
    public void A_node_that_leaves_loses_what_nobody_took() =>
        ClusterChanges.Between(Two, Cluster(("b", true, ["m/0"]))).ShouldBe(
            [new ClusterChange("took", "b", "m/0", "a"), new ClusterChange("lost", "a", "m/1"), new ClusterChange("left", "a")]);

    [Fact]
    public void A_node_that_cannot_serve_any_more_is_told_of() =>
        ClusterChanges.Between(Two, Cluster(("a", false, ["m/0", "m/1"]), ("b", true, []))).ShouldBe([new ClusterChange("unable", "a")]);

    [Fact]
    public void Nothing_changes_from_a_look_to_the_same() => ClusterChanges.Between(Two, Two).ShouldBeEmpty();

    private static JsonElement Cluster(params (string Node, bool Able, string[] Shards)[] members) =>
        JsonSerializer.SerializeToElement(new { members = members.Select(member => new { node = member.Node, able = member.Able, shards = member.Shards }) });
}
