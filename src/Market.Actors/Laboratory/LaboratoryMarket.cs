using Market.Actors.Answers;
using Market.Actors.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Laboratory;

/// <summary>
/// A market without faults in virtual time, at full speed: the server's own shards and deciders, a pit for each, and bots as on a server. The clock
/// jumps from one due moment to the next. At each, pits step side by side until all is quiet, and after every step what they have for one
/// another is handed over in the order of their shards: the threads cannot be seen in what comes of it.
/// </summary>
public sealed class LaboratoryMarket : IDisposable
{
    /// <summary>More steps than any moment has work for: what goes on longer would go on for ever.</summary>
    private const int MostStepsOfAMoment = 1_000_000;

    private readonly LaboratoryPlan _plan;
    private readonly IPitHost _host;
    private readonly Placement _placement;
    private readonly Pit[] _pits;
    private readonly List<Pit> _ready = [];

    public LaboratoryMarket(LaboratoryPlan plan, IPitHost host)
    {
        (_plan, _host) = (plan, host);
        _placement = new Placement(plan.Rules.Market, plan.Rules.Shards);
        _pits = [.. Enumerable.Range(0, plan.Rules.Shards).Select(shard => new Pit(plan, _placement, shard, DeadLetters))];
        Now = LaboratoryPlan.Begins;
        Tick = PriceTick.BeforeTheFirst(Now);
    }

    /// <summary>The market's own time.</summary>
    public Timestamp Now { get; private set; }

    /// <summary>The newest price.</summary>
    public PriceTick Tick { get; private set; }

    /// <summary>Commands whose handling failed: none, unless the program is at fault.</summary>
    public DeadLetters DeadLetters { get; } = new();

    /// <summary>Bots that threw, and play no more.</summary>
    public int SentHome => _pits.Sum(pit => pit.SentHome);

    /// <summary>Turns, events and bytes journaled so far.</summary>
    public (long Turns, long Events, long Bytes) Journaled => (_pits.Sum(pit => pit.Record.Turns), _pits.Sum(pit => pit.Record.Events), _pits.Sum(pit => pit.Record.Bytes));

    /// <summary>Opens the market and lets everybody join. Once, before anything else.</summary>
    public void Open()
    {
        Receive(_placement.MarketShard, new OpenMarket(_plan.Seed, Unheard.Instance));
        foreach (var contestant in Contestant.Cast(_plan.Mix, _plan.Traders, _plan.Rules.Teams)) { _pits[_placement.Of(contestant.Key)].Join(contestant); }
        Settle();
        Receive(_placement.MarketShard, new MoveMarket(MarketAction.Start, Unheard.Instance));
    }

    /// <summary>Goes on until the next price was drawn and everybody has acted on it.</summary>
    public void NextTick()
    {
        var before = Tick.Seq;
        Settle();
        while (Tick.Seq == before)
        {
            Now = NextDue();
            Settle();
        }
    }

    /// <summary>Ends the market: all investments come home.</summary>
    public void End()
    {
        Receive(_placement.MarketShard, new MoveMarket(MarketAction.End, Unheard.Instance));
        Settle();
    }

    /// <summary>The hash of the journal so far; see <see cref="Laboratory.JournalHash"/>.</summary>
    public string JournalHash() => Laboratory.JournalHash.Of(_pits.Where(pit => pit.Record.Turns > 0).Select(pit => (pit.Stream, pit.Record.Hash())));

    /// <summary>What the traders of each part of the mix did so far.</summary>
    public IReadOnlyList<Activity> Activity() =>
        [.. Enumerable.Range(0, _plan.Mix.Parts.Length).Select(part => Laboratory.Activity.Sum(_pits.Select(pit => pit.Record.Activity[part])))];

    /// <summary>All traders as they stand, with their part of the mix, pit by pit in the order in which they joined.</summary>
    /// <param name="every">1 for all, 2 for every other one, and so on.</param>
    public IEnumerable<(TraderKey Key, TraderState State, int Part)> Standing(int every = 1)
    {
        foreach (var pit in _pits)
        {
            for (var slot = 0; slot < pit.State.Traders.Count; slot += every)
            {
                var entry = pit.State.Traders[slot];
                yield return (entry.Key, entry.State, pit.Record.PartOf(slot));
            }
        }
    }

    public void Dispose()
    {
        foreach (var pit in _pits) { pit.Dispose(); }
    }

    private void Receive(int shard, Request request) => _pits[shard].Receive(request);

    private Timestamp NextDue()
    {
        Timestamp? next = null;
        foreach (var pit in _pits)
        {
            if (pit.NextDue() is { } due && !(next <= due)) { next = due; }
        }
        return next ?? throw new InvariantBrokenException("A running market has a next price.");
    }

    /// <summary>Steps until there is nothing left to do at this moment.</summary>
    private void Settle()
    {
        for (var steps = 0; steps < MostStepsOfAMoment; steps++)
        {
            _ready.Clear();
            foreach (var pit in _pits)
            {
                if (pit.WantsStep(Now)) { _ready.Add(pit); }
            }
            if (_ready.Count == 0) { return; }
            _host.Step(_ready, Now);
            HandOver();
        }
        throw new InvariantBrokenException($"After {MostStepsOfAMoment} steps there is still something to do.");
    }

    private void HandOver()
    {
        foreach (var pit in _ready)
        {
            foreach (var (toShard, mail) in pit.Outgoing) { _pits[toShard].Receive(mail); }
            pit.Outgoing.Clear();
        }
        var tick = _pits[_placement.PriceShard].State.Price.Last;
        if (tick.Seq == Tick.Seq) { return; }
        Tick = tick;
        foreach (var pit in _pits) { pit.Announce(tick); }
    }

    private sealed class Unheard : IAnswerTo<Moved>
    {
        public static readonly Unheard Instance = new();

        public void Answer(long tag, in Moved answer) => Invariant.Require(answer.Done, "A laboratory moves its market as it may be moved.");

        public void Fail(long tag, Failure failure) => throw new InvariantBrokenException(failure.Message);
    }
}
