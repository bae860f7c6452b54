using Market.Actors.Cluster;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Cluster;

public class LeaseTests
{
    private static readonly Timestamp Now = new(1_000_000);

    private readonly Lease _lease = new(patienceMs: 3_000);

    [Fact]
    public void It_is_held_from_the_first_notice_for_as_long_as_they_come()
    {
        _lease.IsHeld(Now).ShouldBeFalse();
        _lease.Renew(Now).ShouldBeFalse();
        _lease.IsHeld(Now.Plus(3_000)).ShouldBeTrue();
        _lease.Renew(Now.Plus(3_000)).ShouldBeFalse();
        _lease.IsHeld(Now.Plus(6_000)).ShouldBeTrue();
        _lease.IsHeld(Now.Plus(6_001)).ShouldBeFalse();
    }

    [Fact]
    public void While_it_was_never_lost_every_connection_is_good()
    {
        _lease.Covers(Now).ShouldBeTrue();
        _lease.Renew(Now);
        _lease.Covers(Now.Plus(-60_000)).ShouldBeTrue();
    }

    [Fact]
    public void Once_regained_it_covers_no_connection_from_before()
    {
        _lease.Renew(Now);
        _lease.Renew(Now.Plus(3_001)).ShouldBeTrue();
        _lease.IsHeld(Now.Plus(3_001)).ShouldBeTrue();
        _lease.Covers(Now.Plus(-1)).ShouldBeFalse();
        _lease.Covers(Now.Plus(4_001)).ShouldBeFalse("it may have waited to be accepted");
        _lease.Covers(Now.Plus(4_002)).ShouldBeTrue();
    }
}
