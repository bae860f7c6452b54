using Market.Actors.Clock;
using Market.Actors.Gibber;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Gibber;

public class GibberDeciderTests
{
    private static readonly MarketClock Running = new(MarketStatus.Running, 0, default);
    private readonly GibberState _state = new();

    [Fact]
    public void A_gibb_is_numbered_scored_and_shown()
    {
        Post("zoé", "yes, a banana is great", 5_000).ShouldBe(
            new Gibb(1, new Timestamp(5_000), "zoé", "yes, a banana is great", "api", 2, NotCounted.None));
        Post("max", "no banana", 5_000).ShouldBe(new Gibb(2, new Timestamp(5_000), "max", "no banana", "api", -1, NotCounted.None));
        Post("max", "#mktd6 is great", 5_000).Points.ShouldBe(101);
    }

    [Fact]
    public void What_is_off_topic_is_shown_without_points() =>
        Post("zoé", "yes great love", 0).ShouldSatisfyAllConditions(g => g.Reason.ShouldBe(NotCounted.OffTopic), g => g.Points.ShouldBe(0));

    [Theory]
    [InlineData(MarketStatus.Open)]
    [InlineData(MarketStatus.Paused)]
    [InlineData(MarketStatus.Ended)]
    public void While_the_market_does_not_run_a_gibb_is_scored_but_not_counted(MarketStatus status)
    {
        var closed = new MarketClock(status, 0, default);
        Post("zoé", "good banana", 0, closed).ShouldSatisfyAllConditions(g => g.Reason.ShouldBe(NotCounted.MarketClosed), g => g.Points.ShouldBe(1));
        Post("zoé", "good", 0, closed).Reason.ShouldBe(NotCounted.OffTopic);
        Post("zoé", "good banana", 0).Reason.ShouldBe(NotCounted.None); // what was not counted is no repetition
    }

    [Fact]
    public void Six_gibbs_of_an_author_count_in_a_minute()
    {
        for (var i = 0; i < 6; i++) { Post("zoé", $"good banana {i}", i * 1_000).Reason.ShouldBe(NotCounted.None); }
        Post("zoé", "good banana 6", 6_000).Reason.ShouldBe(NotCounted.TooMany);
        Post("max", "good banana 6", 6_000).Reason.ShouldBe(NotCounted.None); // another author
        Post("zoé", "good banana 7", 59_999).Reason.ShouldBe(NotCounted.TooMany);
    }

    [Fact]
    public void The_minute_slides()
    {
        for (var i = 0; i < 6; i++) { Post("zoé", $"good banana {i}", i * 1_000); }
        Post("zoé", "good banana 6", 60_000).Reason.ShouldBe(NotCounted.None); // the first is a minute ago
        Post("zoé", "good banana 7", 60_999).Reason.ShouldBe(NotCounted.TooMany);
        Post("zoé", "good banana 8", 61_000).Reason.ShouldBe(NotCounted.None);
        _state.Counted.Count.ShouldBe(6);
    }

    [Fact]
    public void The_same_text_of_an_author_counts_once_a_minute()
    {
        Post("zoé", "good banana", 0).Reason.ShouldBe(NotCounted.None);
        Post("zoé", "good banana", 59_999).Reason.ShouldBe(NotCounted.Repeated);
        Post("zoé", "good  banana", 59_999).Reason.ShouldBe(NotCounted.None); // another text
        Post("max", "good banana", 59_999).Reason.ShouldBe(NotCounted.None);
        Post("zoé", "good banana", 60_000).Reason.ShouldBe(NotCounted.None);
    }

    [Fact]
    public void What_was_not_counted_takes_nobodys_place()
    {
        Post("zoé", "good banana", 0);
        for (var i = 0; i < 20; i++) { Post("zoé", "good banana", 1).Reason.ShouldBe(NotCounted.Repeated); }
        for (var i = 0; i < 5; i++) { Post("zoé", $"good banana {i}", 2).Reason.ShouldBe(NotCounted.None); }
        Post("zoé", "good banana", 3).Reason.ShouldBe(NotCounted.Repeated); // said again, and too many: said again
        Post("zoé", "good banana 5", 3).Reason.ShouldBe(NotCounted.TooMany);
    }

    [Fact]
    public void A_talker_may_talk_for_hours_and_little_is_remembered()
    {
        for (var minute = 0; minute < 600; minute++)
        {
            for (var i = 0; i < 10; i++) { Post("zoé", $"banana {i}", minute * 60_000L); }
            _state.Counted.Count.ShouldBe(6);
        }
        _state.Posted.ShouldBe(6_000);
    }

    [Fact]
    public void How_many_count_is_of_the_rules()
    {
        var silent = GibberRules.Default with { MaxCountedPerMinute = 0 };
        GibberDecider.Decide(_state, "zoé", "good banana", "api", Running, silent, default).Gibb.Reason.ShouldBe(NotCounted.TooMany);
    }

    [Fact]
    public void A_restored_gibber_remembers_what_was_said()
    {
        for (var i = 0; i < 6; i++) { Post("zoé", $"good banana {i}", i); }
        var restored = GibberState.Restore(_state.Posted, _state.Counted);
        var next = GibberDecider.Decide(restored, "zoé", "banana", "api", Running, GibberRules.Default, new Timestamp(10)).Gibb;
        (next.Number, next.Reason).ShouldBe((7, NotCounted.TooMany));
    }

    private Gibb Post(string author, string text, long ms, MarketClock? clock = null)
    {
        var posted = GibberDecider.Decide(_state, author, text, "api", clock ?? Running, GibberRules.Default, new Timestamp(ms));
        _state.Evolve(posted);
        return posted.Gibb;
    }
}
