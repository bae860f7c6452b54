using System.Collections.Frozen;
using Market.Actors.Gibber;
using Market.Actors.Journal;
using Market.Actors.Plantations;
using Market.Actors.Prices;
using Market.Actors.Traders;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Runtime;

/// <summary>
/// The rules of a market as its first event keeps them: what was decided by them must be decided alike for as long as the journal lives,
/// whatever the configuration says by then. What is of the machine and not of the game, such as a mailbox's size, is not kept.
/// </summary>
public static class RulesCodec
{
    private const byte Format = 1;

    public static string Write(MarketRules rules)
    {
        var to = new BytesWriter();
        to.Byte(Format);
        to.Unsigned((uint)rules.Shards);
        Write(to, rules.Teams);
        to.Signed(rules.Traders.MaxOrderShares);
        to.Signed(rules.Traders.RememberedAnswers);
        Write(to, rules.Price);
        Write(to, rules.Plantation);
        Write(to, rules.Gibber);
        return Convert.ToBase64String(to.Written);
    }

    /// <param name="machine">Gives what is not kept.</param>
    /// <exception cref="CorruptBytesException">Not rules, or of a later format.</exception>
    public static MarketRules Read(string kept, MarketRules machine)
    {
        var from = new BytesReader(Convert.FromBase64String(kept));
        if (from.Byte() != Format) { throw new CorruptBytesException("The market's rules are of another format than this program reads", 0); }
        return machine with
        {
            Shards = from.Count(),
            Teams = ReadTexts(ref from),
            Traders = new TraderRules { MaxOrderShares = from.Signed(), RememberedAnswers = (int)from.Signed() },
            Price = ReadPrice(ref from),
            Plantation = ReadPlantation(ref from),
            Gibber = ReadGibber(ref from),
        };
    }

    /// <summary>The rules a market was opened with; null when the journal knows no such market.</summary>
    /// <exception cref="JournalCorruptException">The journal's beginning is not sound.</exception>
    public static MarketRules? OfJournal(IJournal journal, MarketRules machine)
    {
        var first = journal.Streams().Where(stream => stream.Market == machine.Market).ToDictionary(stream => stream, _ => 1L);
        var seeker = new Seeker();
        foreach (var turn in journal.Read(first))
        {
            if (turn.FirstSequence != 1) { continue; }
            new StreamReplay(turn.Stream, seeker).Turn(turn);
            first.Remove(turn.Stream);
            if (seeker.Opened is { } opened) { return Read(opened.Rules, machine); }
            if (first.Count == 0) { break; }
        }
        return null;
    }

    private static void Write(BytesWriter to, PriceRules price)
    {
        to.Signed(price.TickMs);
        to.Double(price.Mu);
        to.Double(price.Sigma);
        to.Signed(price.Floor.Micro);
        to.Signed(price.Ceiling.Micro);
        to.Double(price.EmaFactor);
        to.Signed(price.BurstStepMs);
        to.Double(price.BurstProbabilityPerCoin);
        to.Unsigned((uint)price.BurstSteps.Length);
        foreach (var step in price.BurstSteps) { to.Double(step); }
    }

    private static PriceRules ReadPrice(ref BytesReader from)
    {
        var rules = new PriceRules
        {
            TickMs = (int)from.Signed(),
            Mu = from.Double(),
            Sigma = from.Double(),
            Floor = new Coins(from.Signed()),
            Ceiling = new Coins(from.Signed()),
            EmaFactor = from.Double(),
            BurstStepMs = (int)from.Signed(),
            BurstProbabilityPerCoin = from.Double(),
        };
        var steps = new double[from.Count()];
        for (var i = 0; i < steps.Length; i++) { steps[i] = from.Double(); }
        return rules with { BurstSteps = [.. steps] };
    }

    private static void Write(BytesWriter to, PlantationRules plantation)
    {
        to.Signed(plantation.WaitMsPerCoin);
        to.Signed(plantation.LongestWaitMs);
        to.Double(plantation.Mu);
        to.Double(plantation.Sigma);
        to.Signed(plantation.BonusScale.Micro);
        to.Double(plantation.HighestMultiplier);
    }

    private static PlantationRules ReadPlantation(ref BytesReader from) => new()
    {
        WaitMsPerCoin = (int)from.Signed(),
        LongestWaitMs = (int)from.Signed(),
        Mu = from.Double(),
        Sigma = from.Double(),
        BonusScale = new Coins(from.Signed()),
        HighestMultiplier = from.Double(),
    };

    private static void Write(BytesWriter to, GibberRules gibber)
    {
        Write(to, gibber.Terms);
        Write(to, [.. gibber.Positive.Order(StringComparer.Ordinal)]);
        Write(to, [.. gibber.Negative.Order(StringComparer.Ordinal)]);
        to.Text(gibber.HashtagStem);
        to.Signed(gibber.HashtagPoints);
        to.Signed(gibber.CoinsPerPoint.Micro);
        to.Signed(gibber.MaxCountedPerMinute);
    }

    private static GibberRules ReadGibber(ref BytesReader from) => new()
    {
        Terms = [.. ReadTexts(ref from)],
        Positive = ReadTexts(ref from).ToFrozenSet(StringComparer.Ordinal),
        Negative = ReadTexts(ref from).ToFrozenSet(StringComparer.Ordinal),
        HashtagStem = from.Text(),
        HashtagPoints = (int)from.Signed(),
        CoinsPerPoint = new Coins(from.Signed()),
        MaxCountedPerMinute = (int)from.Signed(),
    };

    private static void Write(BytesWriter to, IReadOnlyList<string> texts)
    {
        to.Unsigned((uint)texts.Count);
        foreach (var text in texts) { to.Text(text); }
    }

    private static string[] ReadTexts(ref BytesReader from)
    {
        var texts = new string[from.Count()];
        for (var i = 0; i < texts.Length; i++) { texts[i] = from.Text(); }
        return texts;
    }

    private sealed class Seeker : IEventFold
    {
        public MarketOpened? Opened { get; private set; }

        public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
        {
        }

        public void On(MarketEvent happened, Timestamp time) => Opened ??= happened as MarketOpened;
    }
}
