using Market.Node.Cluster;

namespace Market.Node.Tests.Cluster;

/// <summary>What of a shard's mail its queue may be told to forget.</summary>
public sealed class OpenMailTests
{
    private readonly OpenMail _mail = new();

    public OpenMailTests()
    {
        foreach (var mark in (ulong[])[1, 2, 4, 5]) { _mail.Add(mark); } // 3 could not be read
    }

    [Fact]
    public void What_is_handled_is_acknowledged_up_to_the_first_that_is_not()
    {
        foreach (var mark in (ulong[])[2, 1, 5]) { _mail.Handled(mark); }

        _mail.Take().ShouldBe(2UL);
        _mail.Take().ShouldBeNull();
    }

    [Fact]
    public void A_mark_that_never_came_is_no_gap()
    {
        foreach (var mark in (ulong[])[1, 2, 4]) { _mail.Handled(mark); }

        _mail.Take().ShouldBe(4UL);
    }

    [Fact]
    public void What_waited_for_a_slower_one_goes_with_it()
    {
        foreach (var mark in (ulong[])[2, 4, 5]) { _mail.Handled(mark); }
        _mail.Take().ShouldBeNull();
        _mail.Any.ShouldBeTrue();

        _mail.Handled(1).ShouldBe(4);

        _mail.Take().ShouldBe(5UL);
        _mail.Any.ShouldBeFalse();
    }

    [Fact]
    public void Handing_back_tells_what_was_handled_from_what_was_not()
    {
        _mail.Handled(4);

        _mail.TakeAll().ShouldBe([(1, false), (2, false), (4, true), (5, false)]);
    }

    [Fact]
    public void What_was_handed_back_is_not_acknowledged_though_it_was_handled_late()
    {
        _mail.TakeAll();

        _mail.Handled(1).ShouldBe(0);

        _mail.IsOpen(1).ShouldBeFalse();
        _mail.Take().ShouldBeNull();
    }
}
