using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Answers;

/// <summary>Something asked of an actor that is not a trader's command. Rare, so each is an object that holds its own address for the answer.</summary>
public abstract record Request
{
    /// <summary>
    /// The asking's own, so that it has one effect and one answer however often it comes; 0, the default: it comes once, and nothing is remembered of it.
    /// </summary>
    public ulong Id { get; init; }

    /// <summary>No answer can be given now.</summary>
    public abstract void Fail(Failure failure);
}

/// <summary>A request whose answer is a <typeparamref name="TAnswer"/>.</summary>
public abstract record Request<TAnswer>(IAnswerTo<TAnswer> AnswerTo, long Tag) : Request
{
    public sealed override void Fail(Failure failure) => AnswerTo.Fail(Tag, failure);
}

/// <summary>Let there be this trader. Names are free once only.</summary>
public sealed record JoinTrader(TraderKey Trader, IAnswerTo<Joined> AnswerTo, long Tag = 0) : Request<Joined>(AnswerTo, Tag);

/// <param name="Taken">There was one already; nothing changed.</param>
public readonly record struct Joined(bool Taken, TraderState State);

/// <summary>Score this post and show it. Author, text and source were checked when they were read.</summary>
public sealed record PostGibb(string Author, string Text, string Source, IAnswerTo<Gibb> AnswerTo, long Tag = 0) : Request<Gibb>(AnswerTo, Tag);

/// <summary>Open the market, if it is new.</summary>
public sealed record OpenMarket(ulong Seed, IAnswerTo<Moved> AnswerTo, long Tag = 0) : Request<Moved>(AnswerTo, Tag);

/// <summary>Move the game on.</summary>
public sealed record MoveMarket(MarketAction Action, IAnswerTo<Moved> AnswerTo, long Tag = 0) : Request<Moved>(AnswerTo, Tag);

/// <param name="Done">False when the action does not fit the status; nothing changed.</param>
/// <param name="Status">As it is now.</param>
public readonly record struct Moved(bool Done, MarketStatus Status);
