using Market.Actors.Audit;
using Market.Actors.Bots;
using Market.Actors.Chance;
using Market.Actors.Journal;
using Market.Actors.Laboratory;
using Market.Actors.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Laboratory;

/// <summary>A small run of the laboratory whose journal is kept in memory, turn by turn as a host would keep it.</summary>
internal sealed class LaboratoryGame : IPitHost, IDisposable
{
    private readonly MemoryJournal _journal = new();
    private readonly SortedDictionary<int, Kept> _kept = [];
    private readonly Func<IReadOnlyList<Pit>, IEnumerable<Pit>> _order;

    private LaboratoryGame(LaboratoryPlan plan, Func<IReadOnlyList<Pit>, IEnumerable<Pit>> order)
    {
        (Plan, _order) = (plan, order);
        Market = new LaboratoryMarket(plan with { Witness = stream => _kept[stream.Shard] = new Kept() }, this);
    }

    public LaboratoryPlan Plan { get; }

    public LaboratoryMarket Market { get; }

    public IJournal Journal => _journal;

    public List<PriceTick> Ticks { get; } = [];

    public static LaboratoryPlan NewPlan(string mix = "", ulong seed = 1, int traders = 40, int shards = 4, int mailbox = 2_048) => new(
        LaboratoryPlan.Of(new MarketRules { Market = MarketId.Of("banana"), Shards = shards, MailboxCapacity = mailbox }),
        seed, traders, mix.Length == 0 ? Mix.Even : Mix.Read(mix, out _)!);

    public static LaboratoryGame Played(LaboratoryPlan plan, int ticks = 60, bool backwards = false)
    {
        var game = new LaboratoryGame(plan, pits => backwards ? pits.Reverse() : pits);
        game.Market.Open();
        for (var i = 0; i < ticks; i++)
        {
            game.Market.NextTick();
            game.Ticks.Add(game.Market.Tick);
        }
        game.Market.End();
        return game;
    }

    /// <summary>A bot of a stranger in a market of its own kind only.</summary>
    public static Mix Only(string name, Func<ChanceStream, IBot> create) => new([new MixPart(new Temperament(name, name, create), 1)]);

    public AuditReport Audit() => new JournalAudit(_journal, Plan.Rules).Run();

    public void Step(IReadOnlyList<Pit> pits, Timestamp now)
    {
        foreach (var pit in _order(pits)) { pit.Step(now); }
        foreach (var kept in _kept.Values)
        {
            foreach (var turn in kept.Turns) { _journal.Append([turn]); }
            kept.Turns.Clear();
        }
    }

    public void Dispose()
    {
        Market.Dispose();
        _journal.Dispose();
    }

    private sealed class Kept : IPitWitness
    {
        public List<JournaledTurn> Turns { get; } = [];

        public void Took(in JournaledTurn turn) => Turns.Add(turn with { Bytes = turn.Bytes.ToArray() });
    }
}
