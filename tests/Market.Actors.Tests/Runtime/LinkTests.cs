using Market.Actors.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Runtime;

/// <summary>What a shard owes a peer, one side of it.</summary>
public class LinkTests
{
    private readonly Link _link = new();

    [Fact]
    public void What_is_owed_is_numbered_and_sent_once()
    {
        Owe(3);
        ShouldSend(first: 1, 0, 1, 2);
        _link.TakeUnsent(0).ShouldBeNull();
        Owe(1);
        ShouldSend(first: 4, 0);
        _link.Owed.Count.ShouldBe(4);
    }

    [Fact]
    public void What_is_acknowledged_is_owed_no_more()
    {
        Owe(3);
        _link.TakeUnsent(0);
        _link.Acknowledged(2);
        (_link.FirstOwed, _link.NextNumber, _link.Owed.Count).ShouldBe((3, 4, 1));
        _link.Acknowledged(3);
        (_link.FirstOwed, _link.NextNumber, _link.Owed.Count).ShouldBe((4, 4, 0));
    }

    [Fact]
    public void All_that_is_owed_is_sent_again_when_asked()
    {
        Owe(3);
        _link.TakeUnsent(0);
        _link.Acknowledged(1);
        Owe(1);
        _link.SendAgain();
        ShouldSend(first: 2, 1, 2, 0);
        _link.TakeUnsent(0).ShouldBeNull();
    }

    [Fact]
    public void A_restored_link_sends_all_that_is_owed()
    {
        Owe(3);
        _link.TakeUnsent(0);
        _link.Acknowledged(1);
        _link.HasReceived(9);
        var restored = Link.Restore(_link.FirstOwed, _link.Owed, _link.Received);
        restored.Received.ShouldBe(9);
        restored.NextNumber.ShouldBe(4);
        restored.TakeUnsent(5)!.ShouldSatisfyAllConditions(b => b.FromShard.ShouldBe(5), b => b.FirstNumber.ShouldBe(2), b => b.Messages.Count.ShouldBe(2));
    }

    [Fact]
    public void Nobody_acknowledges_what_was_not_sent_nor_what_was_acknowledged()
    {
        Owe(2);
        Should.Throw<InvariantBrokenException>(() => _link.Acknowledged(3));
        _link.Acknowledged(1);
        Should.Throw<InvariantBrokenException>(() => _link.Acknowledged(1));
    }

    [Fact]
    public void What_was_received_only_grows()
    {
        _link.HasReceived(2);
        Should.Throw<InvariantBrokenException>(() => _link.HasReceived(2));
        Should.Throw<InvariantBrokenException>(() => _link.HasReceived(1));
    }

    private void Owe(int count)
    {
        for (var i = 0; i < count; i++) { _link.Owe(new TalkHeard(i)); }
    }

    private void ShouldSend(long first, params int[] points)
    {
        var batch = _link.TakeUnsent(7).ShouldNotBeNull();
        (batch.FromShard, batch.FirstNumber).ShouldBe((7, first));
        batch.Messages.ShouldBe(points.Select(p => new TalkHeard(p)));
    }
}
