using Market.Actors.Cluster;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Cluster;

public class LeaseTests
{
    private static readonly Timestamp Now = new(1_000_000);

    private readonly Lease _lease = new(patienceMs: 2_000);

    [Fact]
    public void It_is_held_in_a_session_for_as_long_as_it_is_renewed()
    {
        _lease.IsHeld(Now).ShouldBeFalse();
        _lease.Begin(Now);
        _lease.IsHeld(Now.Plus(2_000)).ShouldBeTrue();
        _lease.IsHeld(Now.Plus(2_001)).ShouldBeFalse();
        _lease.Renew(Now.Plus(2_000)).ShouldBeFalse();
        _lease.IsHeld(Now.Plus(4_000)).ShouldBeTrue();
        _lease.End();
        _lease.IsHeld(Now.Plus(4_000)).ShouldBeFalse();
    }

    [Fact]
    public void Without_a_session_there_is_nothing_to_renew()
    {
        _lease.Renew(Now).ShouldBeFalse();
        _lease.IsHeld(Now).ShouldBeFalse();
        _lease.Begin(Now);
        _lease.End();
        _lease.Renew(Now.Plus(60_000)).ShouldBeFalse();
        _lease.IsHeld(Now.Plus(60_000)).ShouldBeFalse();
    }

    [Fact]
    public void While_it_was_never_lost_every_connection_is_good()
    {
        _lease.Covers(Now).ShouldBeTrue();
        _lease.Begin(Now);
        _lease.Renew(Now.Plus(250));
        _lease.Covers(Now.Plus(-60_000)).ShouldBeTrue();
    }

    [Fact]
    public void After_a_standstill_it_covers_no_connection_from_before()
    {
        _lease.Begin(Now);
        _lease.Renew(Now.Plus(2_001)).ShouldBeTrue();
        _lease.IsHeld(Now.Plus(2_001)).ShouldBeFalse("until there is a new session");
        _lease.Renew(Now.Plus(2_002)).ShouldBeFalse();
        _lease.Begin(Now.Plus(2_500));
        _lease.IsHeld(Now.Plus(2_500)).ShouldBeTrue();
        _lease.Covers(Now.Plus(2_000)).ShouldBeFalse();
        _lease.Covers(Now.Plus(3_500)).ShouldBeFalse("it may have waited to be accepted");
        _lease.Covers(Now.Plus(3_501)).ShouldBeTrue();
    }

    [Fact]
    public void In_a_new_session_it_covers_no_connection_from_before()
    {
        _lease.Begin(Now);
        _lease.End();
        _lease.Begin(Now.Plus(500));
        _lease.Covers(Now.Plus(400)).ShouldBeFalse();
        _lease.Covers(Now.Plus(1_501)).ShouldBeTrue();
    }
}
