using Market.Actors.Cluster;
using Market.Actors.Journal;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Cluster;

public class FairShareTests
{
    private static readonly StreamId[] Shards = [.. Enumerable.Range(0, 16).Select(shard => new StreamId(MarketId.Of("banana"), shard))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(40)]
    public void Shares_are_within_one_of_even(int members)
    {
        var plan = FairShare.Plan(Shards, Names(members));

        plan.Keys.ShouldBe(Shards, ignoreOrder: true);
        var loads = Names(members).Select(name => plan.Values.Count(owner => owner == name)).ToList();
        (loads.Max() - loads.Min()).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void Every_node_plans_the_same_whatever_order_it_heard_of_the_others()
    {
        var plan = FairShare.Plan(Shards, Names(4));
        FairShare.Plan([.. Shards.Reverse()], [.. Names(4).Reverse()]).OrderBy(p => p.Key.Shard).ShouldBe(plan.OrderBy(p => p.Key.Shard));
    }

    [Fact]
    public void Few_shards_move_when_a_member_comes()
    {
        var before = FairShare.Plan(Shards, Names(3));
        var after = FairShare.Plan(Shards, Names(4));
        Shards.Count(shard => before[shard] != after[shard]).ShouldBeLessThanOrEqualTo(9);
    }

    [Fact]
    public void Without_members_nobody_owns_anything() => FairShare.Plan(Shards, []).ShouldBeEmpty();

    private static string[] Names(int count) => [.. Enumerable.Range(1, count).Select(n => $"node-{n}")];
}
