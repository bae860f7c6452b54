using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Market.Actors.Audit;

namespace Market.Actors.Simulation;

/// <summary>What must hold in every history. The first nine are those of the rules of the market; the others say what the rules take for granted.</summary>
public enum Law : byte
{
    /// <summary>Coins, shares and investments in flight are never negative.</summary>
    NothingIsOwed = 1,

    /// <summary>coins = 10 + 10·bailouts − bought + sold − invested + returned.</summary>
    CoinsAddUp = 2,

    /// <summary>shares = 5 + 5·bailouts + bought − sold − fed.</summary>
    SharesAddUp = 3,

    /// <summary>One effect and one answer for each txnId of a trader, however often it was sent.</summary>
    OneEffectOneAnswer = 4,

    /// <summary>Every accepted investment is planted once and returns once.</summary>
    InvestmentsReturnOnce = 5,

    /// <summary>Replaying the journal from nothing, and any snapshot with its tail, gives the live state, bit for bit.</summary>
    ReplayGivesTheState = 6,

    /// <summary>What people are shown is a function of the journal.</summary>
    BoardIsOfTheJournal = 7,

    /// <summary>Nothing is answered, published or shown before it is durable.</summary>
    NothingBeforeItIsDurable = 8,

    /// <summary>The same seed and the same commands give the same journal: deciding every event again gives that event.</summary>
    SameSeedSameJournal = 9,

    /// <summary>What becomes of a command or of a return is what the rules say.</summary>
    TradersByTheRules = 10,

    /// <summary>Ticks, hype, bursts, gibbs, and what each floor hears of them are what the rules say.</summary>
    PricesByTheRules = 11,

    /// <summary>What grows, how long and how much is what the rules say.</summary>
    PlantationByTheRules = 12,

    /// <summary>Open → running ⇄ paused → ended, and every floor hears each move once and in order.</summary>
    GamesByTheRules = 13,

    /// <summary>What is told is what was journaled.</summary>
    AnswersSayWhatHappened = 14,

    /// <summary>An answer goes to whoever asked, by the door that was asked at.</summary>
    AnswersGoToTheirAskers = 15,

    /// <summary>The time of a shard's turns never goes back.</summary>
    TimeNeverGoesBack = 16,

    /// <summary>What is due, owed or asked happens in the end, once the weather has cleared.</summary>
    WhatIsDueHappens = 17,

    /// <summary>No shard stops and no command is buried.</summary>
    NothingStops = 18,
}

/// <summary>A law does not hold: the system, or the simulation of it, is wrong.</summary>
public sealed class LawBrokenException : Exception
{
    public LawBrokenException(Law law, string message) : base($"{law}: {message}") => Law = law;

    public LawBrokenException(string message) : base(message) { }

    public LawBrokenException() { }

    public LawBrokenException(string message, Exception inner) : base(message, inner) { }

    public Law Law { get; }
}

/// <summary>The laws that are held against a history, and how often each was.</summary>
/// <param name="without">Those that are not looked at: to see what each is good for.</param>
internal sealed class Laws(params Law[] without)
{
    public const int Count = (int)Law.NothingStops + 1;

    public long[] Checks { get; } = new long[Count];

    /// <summary>The first that was broken: whoever called may have swallowed it, and what comes after is of no account.</summary>
    public LawBrokenException? First { get; private set; }

    public bool Hold(Law law) => Array.IndexOf(without, law) < 0;

    /// <exception cref="LawBrokenException">It does not hold.</exception>
    public void Require(bool holds, Law law, [InterpolatedStringHandlerArgument(nameof(holds))] ref WhenBroken what)
    {
        Checks[(int)law]++;
        if (!holds && Hold(law)) { Break(law, what.ToStringAndClear()); }
    }

    /// <summary>A law is broken in such a way that the history cannot go on, even if nobody looks at that law.</summary>
    /// <exception cref="LawBrokenException">Always.</exception>
    [DoesNotReturn]
    public void Break(Law law, string what)
    {
        First ??= new LawBrokenException(law, what);
        throw First;
    }

    /// <exception cref="LawBrokenException">One was broken before.</exception>
    public void RequireUnbroken()
    {
        if (First is { } broken) { throw broken; }
    }
}
