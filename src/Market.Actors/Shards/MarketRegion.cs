using Market.Actors.Answers;
using Market.Actors.Mailboxes;
using Market.Actors.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Shards;

/// <summary>The way in to a market's actors: takes each command to the mailbox of the shard its actor lives on. Safe for many threads.</summary>
public sealed class MarketRegion(MarketRules rules, IReadOnlyList<Mailbox> mailboxes)
{
    private readonly Placement _placement = new(rules.Market, rules.Shards);

    public MarketRules Rules => rules;

    /// <summary>Commands and requests waiting in each shard's mailbox, by shard number.</summary>
    public IEnumerable<int> MailboxDepths => mailboxes.Select(mailbox => mailbox.Depth);

    /// <summary>Tells a trader to do something; the answer goes to <paramref name="answerTo"/> with <paramref name="tag"/>, once it is durable.</summary>
    /// <returns>False when the mailbox is full: wait, or say that there is too much to do; nothing was posted.</returns>
    public bool TryTell(TraderKey trader, in TraderCommand command, IAnswerTo<Result>? answerTo, long tag) =>
        mailboxes[_placement.Of(trader)].TryPost(new Envelope { Trader = trader, Command = command, AnswerTo = answerTo, Tag = tag });

    /// <summary>Asks an actor of the market.</summary>
    /// <returns>False when the mailbox is full; nothing was posted.</returns>
    public bool TryAsk(Request request) => mailboxes[ShardOf(request)].TryPost(new Envelope { Body = request });

    private int ShardOf(Request request) => request switch
    {
        JoinTrader join => _placement.Of(join.Trader),
        PostGibb => _placement.GibberShard,
        _ => _placement.MarketShard,
    };
}
