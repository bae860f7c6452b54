using Market.Actors.Cluster;
using Market.Actors.Traders;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Cluster;

public class RedeliverableTests
{
    private static readonly TraderKey Alice = new("BONOBO", "alice");
    private static readonly TraderKey Bob = new("BONOBO", "bob");

    private readonly Redeliverable _redeliverable = new(most: 3);

    [Fact]
    public void Of_a_trader_no_more_may_come_again_than_was_said()
    {
        _redeliverable.TryAdd(1, Mail(Alice, Alice)).ShouldBeTrue();
        _redeliverable.TryAdd(2, Mail(Alice, Bob, Alice)).ShouldBeFalse();
        _redeliverable.TryAdd(2, Mail(Bob, Alice, Bob)).ShouldBeTrue();
        _redeliverable.TryAdd(3, Mail(Alice)).ShouldBeFalse();
        _redeliverable.Acknowledged(1);
        _redeliverable.TryAdd(3, Mail(Alice)).ShouldBeTrue();
    }

    [Fact]
    public void What_follows_mail_that_is_not_acknowledged_makes_no_room()
    {
        _redeliverable.TryAdd(1, Mail(Bob)).ShouldBeTrue();
        _redeliverable.TryAdd(2, Mail(Alice, Alice, Alice)).ShouldBeTrue();
        _redeliverable.Acknowledged(2);
        _redeliverable.TryAdd(3, Mail(Alice)).ShouldBeFalse();
        _redeliverable.Acknowledged(1);
        _redeliverable.TryAdd(3, Mail(Alice)).ShouldBeTrue();
    }

    [Fact]
    public void Many_may_be_acknowledged_at_once()
    {
        for (ulong mark = 1; mark <= 3; mark++) { _redeliverable.TryAdd(mark, Mail(Alice)).ShouldBeTrue(); }
        _redeliverable.AcknowledgedUpTo(2);
        _redeliverable.TryAdd(4, Mail(Alice, Alice)).ShouldBeTrue();
        _redeliverable.TryAdd(5, Mail(Alice)).ShouldBeFalse();
    }

    [Fact]
    public void A_mail_that_is_too_large_is_let_in_alone()
    {
        _redeliverable.TryAdd(1, Mail(Alice, Alice, Alice, Alice)).ShouldBeTrue();
        _redeliverable.TryAdd(2, Mail(Bob)).ShouldBeTrue();
        _redeliverable.TryAdd(3, Mail(Alice)).ShouldBeFalse();
    }

    [Fact]
    public void What_was_handed_back_leaves_all_its_room()
    {
        _redeliverable.TryAdd(1, Mail(Alice, Alice, Alice)).ShouldBeTrue();
        _redeliverable.Clear();
        _redeliverable.TryAdd(1, Mail(Alice, Alice, Alice)).ShouldBeTrue();
        _redeliverable.Acknowledged(1);
        _redeliverable.TryAdd(2, Mail(Alice, Alice, Alice)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(256, 128)]
    [InlineData(1, 1)]
    [InlineData(0, 1)]
    public void Half_of_what_is_remembered_may_come_again(int remembered, int most) =>
        Redeliverable.MostOf(new TraderRules { RememberedAnswers = remembered }).ShouldBe(most);

    private static TraderKey[] Mail(params TraderKey[] traders) => traders;
}
