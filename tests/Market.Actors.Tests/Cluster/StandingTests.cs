using Market.Actors.Cluster;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Cluster;

public class StandingTests
{
    private static readonly Timestamp Now = new(1_000_000);

    private readonly Standing _standing = new(begun: Now.Plus(-8_000), patienceMs: 8_000);

    [Fact]
    public void It_is_sure_for_a_while_after_the_sending_of_what_came_back()
    {
        _standing.IsSure(Now).ShouldBeTrue("it has just been connected");
        _standing.Telling(1, Now);
        _standing.IsSure(Now.Plus(1)).ShouldBeFalse();
        _standing.Heard(1);
        _standing.IsSure(Now.Plus(8_000)).ShouldBeTrue();
        _standing.IsSure(Now.Plus(8_001)).ShouldBeFalse();
    }

    [Fact]
    public void A_backlog_that_comes_late_makes_nobody_sure()
    {
        for (var beat = 1; beat <= 20; beat++) { _standing.Telling(beat, Now.Plus(500 * (beat - 1))); }
        for (var beat = 1; beat <= 3; beat++) { _standing.Heard(beat); }
        _standing.IsSure(Now.Plus(10_000)).ShouldBeFalse("the last that came back was sent nine seconds ago");
        _standing.Heard(20);
        _standing.IsSure(Now.Plus(10_000)).ShouldBeTrue();
    }

    [Fact]
    public void What_was_never_told_or_long_ago_says_nothing()
    {
        _standing.Heard(5);
        _standing.IsSure(Now.Plus(1)).ShouldBeFalse();
        for (var beat = 1; beat <= 65; beat++) { _standing.Telling(beat, Now); }
        _standing.Heard(1);
        _standing.IsSure(Now.Plus(1)).ShouldBeFalse();
    }
}
