using Market.Actors.Cluster;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Cluster;

public class BeatsTests
{
    private const string Door = "node-2.ab";
    private static readonly Timestamp Now = new(1_000_000);

    private readonly Beats _beats = new(lifetimeMs: 5_000);

    [Fact]
    public void Mail_is_as_old_as_the_notice_it_names()
    {
        Hear(1, Now);
        Hear(2, Now.Plus(3_000));
        IsLate(1, Now.Plus(5_000)).ShouldBeFalse();
        IsLate(1, Now.Plus(5_001)).ShouldBeTrue();
        IsLate(2, Now.Plus(5_001)).ShouldBeFalse();
    }

    [Fact]
    public void A_backlog_of_notices_that_comes_at_once_makes_no_mail_younger()
    {
        Hear(1, Now);
        for (var beat = 2; beat <= 20; beat++) { Hear(beat, Now.Plus(9_000)); }
        IsLate(1, Now.Plus(9_000)).ShouldBeTrue();
        IsLate(2, Now.Plus(9_000)).ShouldBeFalse();
    }

    [Fact]
    public void Mail_older_than_all_that_is_remembered_is_late()
    {
        for (var beat = 1; beat <= 100; beat++) { Hear(beat, Now); }
        IsLate(1, Now).ShouldBeTrue();
        IsLate(100, Now).ShouldBeFalse();
    }

    [Fact]
    public void Mail_from_before_the_first_notice_heard_is_at_least_as_old_as_that()
    {
        Hear(7, Now);
        IsLate(5, Now.Plus(5_000)).ShouldBeFalse();
        IsLate(5, Now.Plus(5_001)).ShouldBeTrue();
    }

    [Fact]
    public void Mail_of_a_door_not_heard_of_is_not_late()
    {
        Hear(1, Now);
        _beats.IsLate(new CommandMail("node-3.cd", 1, []), Now.Plus(60_000)).ShouldBeFalse();
    }

    [Fact]
    public void A_node_that_begins_anew_is_another_door()
    {
        Hear(9, Now);
        _beats.Hear(Here("node-2.cd", 1), Now.Plus(8_000));
        _beats.IsLate(new CommandMail("node-2.cd", 1, []), Now.Plus(9_000)).ShouldBeFalse();
    }

    private void Hear(long beat, Timestamp now) => _beats.Hear(Here(Door, beat), now);

    private bool IsLate(long beat, Timestamp now) => _beats.IsLate(new CommandMail(Door, beat, []), now);

    private static Here Here(string door, long beat) => new("node-2", IsAble: true, "", []) { Door = door, Beat = beat };
}
