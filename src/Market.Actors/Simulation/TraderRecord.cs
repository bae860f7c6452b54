using Market.Actors.Audit;
using Market.Actors.Simulation.Twin;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Simulation;

/// <summary>An answer as the journal has it.</summary>
internal sealed class Decided(TraderCommand command, Result result)
{
    public TraderCommand Command { get; } = command;

    public Result Result { get; } = result;

    /// <summary>It was told as the first answer, not as that of a duplicate.</summary>
    public bool Told { get; set; }
}

/// <summary>All that the journal says of one trader, and what its twin makes of it.</summary>
internal sealed class TraderRecord(TraderKey key, int slot, int joinedAt, Timestamp time)
{
    private readonly List<(int At, TraderState State)> _states = [(joinedAt, TraderState.Initial(time))];
    private readonly Dictionary<string, List<Decided>> _answers = [];
    private readonly List<Result> _news = [];
    private Ledger _ledger;
    private int _newsTold;

    public TraderKey Key { get; } = key;

    public int Slot { get; } = slot;

    /// <summary>The append that brought it.</summary>
    public int JoinedAt { get; } = joinedAt;

    public NaiveTrader Twin { get; } = new(key, time);

    /// <summary>As a replay has it.</summary>
    public TraderState State => _states[^1].State;

    public bool CoinsAgree(in TraderState live) => _ledger.CoinsAgree(live);

    public bool SharesAgree(in TraderState live) => _ledger.SharesAgree(live);

    public void Enter(in TraderEvent happened, in TraderState after, int at)
    {
        _ledger.Enter(happened);
        _states.Add((at, after));
    }

    public void Answered(Decided decided)
    {
        if (!_answers.TryGetValue(decided.Command.TxnId, out var several)) { _answers[decided.Command.TxnId] = several = []; }
        several.Add(decided);
    }

    public IReadOnlyList<Decided> AnswersTo(string txnId) => _answers.TryGetValue(txnId, out var several) ? several : [];

    public bool WasDecidedButNeverTold => _answers.Values.Any(several => several.Exists(one => !one.Told));

    /// <summary>Something that nobody asked for is going to be told.</summary>
    public void Expect(Result news) => _news.Add(news);

    /// <summary>Whether this was to be told and was not yet; what was passed over never will be.</summary>
    public bool IsNews(in Result told)
    {
        for (var i = _newsTold; i < _news.Count; i++)
        {
            if (_news[i] != told) { continue; }
            _newsTold = i + 1;
            return true;
        }
        return false;
    }

    /// <summary>Whether this was its state at some moment since an append.</summary>
    public bool HadSince(int append, in TraderState state)
    {
        for (var i = _states.Count - 1; i >= 0; i--)
        {
            if (_states[i].State == state) { return true; }
            if (_states[i].At <= append) { return false; }
        }
        return false;
    }
}
