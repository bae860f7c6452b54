using System.Text.RegularExpressions;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Simulation.Twin;

/// <summary>What a post is worth, by the page of the rules.</summary>
public sealed partial class NaiveGibber
{
    private static readonly string[] Positive =
        "yes happy good great better best up safe sane sweet buy like love high nice certain sure solid thank thanks merci super".Split(' ');

    private static readonly string[] Negative =
        "no sad bad worse worst down dangerous danger insane sour sell dislike hate low bubble burst risk".Split(' ');

    private readonly List<Gibb> _all = [];

    public IReadOnlyList<Gibb> All => _all;

    public Gibb Post(string author, string text, bool running, Timestamp now)
    {
        var lower = text.ToLowerInvariant();
        var selected = lower.Contains("banana", StringComparison.Ordinal) || lower.Contains("#mktd", StringComparison.Ordinal);
        var lately = _all.Where(gibb => gibb.Counted && gibb.Author == author && now.MsSince(gibb.Time) < 60_000).ToList();
        var reason = NotCounted.None;
        if (!selected) { reason = NotCounted.OffTopic; }
        else if (!running) { reason = NotCounted.MarketClosed; }
        else if (lately.Exists(gibb => gibb.Text == text)) { reason = NotCounted.Repeated; }
        else if (lately.Count >= 6) { reason = NotCounted.TooMany; }
        var gibb = new Gibb(_all.Count + 1, now, author, text, "api", selected ? Word().Matches(lower).Sum(word => Points(word.Value)) : 0, reason);
        _all.Add(gibb);
        return gibb;
    }

    private static int Points(string word)
    {
        if (word == "mktd" || word.StartsWith("#mktd", StringComparison.Ordinal)) { return 100; }
        var letters = word.TrimStart('#');
        if (Positive.Contains(letters)) { return 1; }
        return Negative.Contains(letters) ? -1 : 0;
    }

    [GeneratedRegex("#?[a-z]+")]
    private static partial Regex Word();
}
