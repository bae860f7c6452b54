using Market.Actors.Clock;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Gibber;

/// <summary>What a post is worth, and whether it counts. Pure.</summary>
public static class GibberDecider
{
    public static GibbPosted Decide(GibberState state, string author, string text, string source, MarketClock clock, GibberRules rules, Timestamp now)
    {
        var selected = GibbScorer.IsSelected(text, rules);
        var points = selected ? GibbScorer.Points(text, rules) : 0;
        var reason = Judge(state, author, text, selected, clock, rules, now);
        return new GibbPosted(new Gibb(state.Posted + 1, now, author, text, source, points, reason));
    }

    private static NotCounted Judge(
        GibberState state, string author, string text, bool selected, MarketClock clock, GibberRules rules, Timestamp now)
    {
        if (!selected) { return NotCounted.OffTopic; }
        if (!clock.IsRunning) { return NotCounted.MarketClosed; }
        var (count, saidThis) = state.Lately(author, StableHash.Hash64(text), now);
        if (saidThis) { return NotCounted.Repeated; }
        return count >= rules.MaxCountedPerMinute ? NotCounted.TooMany : NotCounted.None;
    }
}
