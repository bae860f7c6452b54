using Market.Actors.Cluster;
using Market.Actors.Journal;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Cluster;

public class MembersTests
{
    private static readonly MarketId Banana = MarketId.Of("banana");
    private static readonly StreamId[] Shards = [.. Enumerable.Range(0, 4).Select(shard => new StreamId(Banana, shard))];
    private static readonly Timestamp Now = new(1_000_000);

    private readonly Members _members = new("node-1", Shards);

    [Fact]
    public void Alone_it_keeps_all()
    {
        Hear("node-1", Now, Shards);
        _members.ToYield(Shards, Now).ShouldBeEmpty();
        _members.Unowned(Now).ShouldBeEmpty();
    }

    [Fact]
    public void Half_goes_to_a_second_node_and_comes_back_when_it_is_silent()
    {
        Hear("node-1", Now, Shards);
        Hear("node-2", Now);
        _members.ToYield(Shards, Now).Count.ShouldBe(2);
        Hear("node-1", Now.Plus(3_001), Shards);
        _members.ToYield(Shards, Now.Plus(3_001)).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_goes_to_a_node_that_has_just_fallen_silent()
    {
        Hear("node-2", Now);
        Hear("node-1", Now.Plus(751), Shards);
        _members.ToYield(Shards, Now.Plus(750)).Count.ShouldBe(2);
        _members.ToYield(Shards, Now.Plus(751)).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_goes_to_a_node_that_is_not_able()
    {
        Hear("node-1", Now, Shards);
        _members.Hear(new Here("node-2", IsAble: false, "", []), Now);
        _members.ToYield(Shards, Now).ShouldBeEmpty();
    }

    [Fact]
    public void A_node_that_is_not_able_itself_gives_up_all()
    {
        _members.Hear(new Here("node-1", IsAble: false, "", [.. Shards.Select(shard => (shard, 1L))]), Now);
        Hear("node-2", Now);
        _members.ToYield(Shards, Now).ShouldBe(Shards);
    }

    [Fact]
    public void What_a_silent_or_parted_node_owned_is_nobodys()
    {
        Hear("node-1", Now, Shards[0]);
        Hear("node-2", Now, Shards[1], Shards[2]);
        _members.Unowned(Now).ShouldBe([Shards[3]]);
        _members.Hear(new Gone("node-2"), Now);
        _members.Unowned(Now).ShouldBe([Shards[1], Shards[2], Shards[3]]);
        _members.Present(Now).ShouldHaveSingleItem().Node.ShouldBe("node-1");
    }

    [Fact]
    public void A_new_owner_waits_for_the_old_one_until_it_has_finished_or_is_gone()
    {
        _members.Hear(new Yielding("node-2", Shards[0]), Now);
        _members.Hear(new Yielding("node-2", Shards[1]), Now);
        _members.Hear(new Yielding("node-1", Shards[2]), Now);
        _members.IsBeingYielded(Shards[0], Now).ShouldBeTrue();
        _members.IsBeingYielded(Shards[2], Now).ShouldBeFalse("that is oneself");
        _members.Hear(new Yielded("node-2", Shards[0]), Now);
        _members.IsBeingYielded(Shards[0], Now).ShouldBeFalse();
        _members.IsBeingYielded(Shards[1], Now.Plus(3_000)).ShouldBeTrue();
        _members.IsBeingYielded(Shards[1], Now.Plus(3_001)).ShouldBeFalse();
        _members.Hear(new Gone("node-2"), Now);
        _members.IsBeingYielded(Shards[1], Now).ShouldBeFalse();
    }

    [Fact]
    public void Who_gives_a_shard_up_before_it_owned_it_says_nothing_of_the_one_before()
    {
        _members.Hear(new Yielding("node-2", Shards[0]), Now);
        _members.Hear(new Yielding("node-3", Shards[0]), Now);
        _members.Hear(new Yielding("node-1", Shards[0]), Now);
        _members.Hear(new Yielded("node-3", Shards[0]), Now);
        _members.IsBeingYielded(Shards[0], Now).ShouldBeTrue("node-2 still has mail of it");
        _members.Hear(new Yielded("node-2", Shards[0]), Now);
        _members.IsBeingYielded(Shards[0], Now).ShouldBeFalse();
    }

    [Fact]
    public void Notices_come_back_from_their_bytes()
    {
        Notice[] notices = [new Yielding("n", Shards[1]), new Yielded("n", Shards[2]), new Gone("ñ")];
        foreach (var notice in notices) { NoticeCodec.Read(NoticeCodec.Write(notice)).ShouldBe(notice); }
        var here = (Here)NoticeCodec.Read(NoticeCodec.Write(new Here("n", true, "http://a:1", [(Shards[3], 17)]) { Door = "n.ab", Beat = 3 }));
        (here.Door, here.Beat).ShouldBe(("n.ab", 3));
        (here.Node, here.IsAble, here.Http).ShouldBe(("n", true, "http://a:1"));
        here.Owned.ShouldBe([(Shards[3], 17)]);
    }

    private void Hear(string node, Timestamp now, params StreamId[] owned) =>
        _members.Hear(new Here(node, IsAble: true, "", [.. owned.Select(shard => (shard, 1L))]), now);
}
