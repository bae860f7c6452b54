using Market.Actors.Answers;
using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Protocol.Values;

namespace Market.Actors.Runtime;

/// <summary>
/// The shards of one node, turn by turn: in each <see cref="Round"/> every shard that has mail or something due decides, the turns of
/// all are journaled as one append (group commit), and then, and only then, views, answers and messages go out.
/// One thread at a time calls it; whoever owns that thread owns the clock.
/// </summary>
/// <param name="wake">Called from any thread when there may be something for a round to do.</param>
public sealed class Engine(IJournal journal, IJournalFollower follower, INewsFeed news, DeadLetters deadLetters, Action wake) : IPeers
{
    /// <summary>How long to wait before an unwritable journal is tried again, in ms.</summary>
    private const long RetryAfterMs = 1_000;

    private readonly List<(MarketRules Rules, Mailbox[] Mailboxes)> _markets = [];
    private readonly HashSet<StreamId> _owned = [];
    private readonly List<Shard> _shards = [];
    private readonly List<Shard> _taken = [];
    private readonly Dictionary<StreamId, string> _stopped = [];
    private JournaledTurn[] _batch = new JournaledTurn[16];
    private int _batchCount;
    private Timestamp _retryAt;
    private volatile string? _down;

    /// <summary>Why the journal cannot be written now; null when it can. Any thread may look.</summary>
    public string? Down => _down;

    /// <summary>Shards that stopped, and why. Any thread may look.</summary>
    public IReadOnlyDictionary<StreamId, string> Stopped
    {
        get { lock (_stopped) { return new Dictionary<StreamId, string>(_stopped); } }
    }

    public EngineCounters Counters { get; } = new();

    /// <summary>Carries the mail between shards, which may live in other engines; null: all live in this one, and it does, at once.</summary>
    public IPeers? Peers { get; init; }

    /// <summary>Says who takes a turn and in which order, where a simulation wants to; null: whoever wants one.</summary>
    internal IRota? Rota { get; init; }

    /// <summary>The shards, by stream. For the engine's own thread, and for tests.</summary>
    public IReadOnlyList<Shard> Shards => _shards;

    /// <summary>Adds a market and recovers it from the journal. Before the first round.</summary>
    /// <returns>Where its shards' mail goes, by shard number.</returns>
    /// <exception cref="JournalCorruptException">It cannot be recovered.</exception>
    public IReadOnlyList<Mailbox> Add(MarketRules rules)
    {
        var mailboxes = AddUnowned(rules);
        for (var shard = 0; shard < rules.Shards; shard++) { _owned.Add(new StreamId(rules.Market, shard)); }
        Recover(rules, mailboxes);
        return mailboxes;
    }

    /// <summary>Adds a market of which no shard takes turns here until it is owned.</summary>
    public Mailbox[] AddUnowned(MarketRules rules)
    {
        var mailboxes = new Mailbox[rules.Shards];
        for (var i = 0; i < mailboxes.Length; i++) { mailboxes[i] = new Mailbox(rules.MailboxCapacity, wake); }
        _markets.Add((rules, mailboxes));
        return mailboxes;
    }

    /// <summary>Recovers a shard from the journal and lets it take turns; nothing when it does. One that had stopped starts afresh.</summary>
    /// <exception cref="JournalCorruptException">It cannot be recovered.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public void Own(StreamId stream)
    {
        if (_down is { } down) { throw new JournalUnavailableException(down); }
        if (_shards.Exists(shard => shard.Stream == stream)) { return; }
        var (rules, mailboxes) = _markets.Single(market => market.Rules.Market == stream.Market);
        lock (_stopped) { _stopped.Remove(stream); }
        mailboxes[stream.Shard].Reopen();
        Recover(rules, mailboxes, [stream]);
        _owned.Add(stream);
    }

    /// <summary>The shard takes no more turns here, and what waits for it is forgotten: whoever sent it has it still.</summary>
    public void Disown(StreamId stream)
    {
        _owned.Remove(stream);
        _shards.RemoveAll(shard => shard.Stream == stream);
        _markets.Single(market => market.Rules.Market == stream.Market).Mailboxes[stream.Shard].TakeAll();
    }

    /// <summary>Takes one turn of every shard that wants one.</summary>
    /// <returns>Whether anything was done; when not, nothing is until mail comes or <see cref="NextDue"/>.</returns>
    public bool Round(Timestamp now)
    {
        if (_down is not null) { return RoundWhileDown(now); }
        TakeTurns(now);
        if (_taken.Count == 0) { return false; }
        if (TryAppend(now)) { Release(); }
        _taken.Clear();
        return true;
    }

    /// <summary>When the next round has something to do though no mail comes; null when never.</summary>
    public Timestamp? NextDue()
    {
        if (_down is not null) { return _retryAt; }
        Timestamp? next = null;
        foreach (var shard in _shards)
        {
            if (shard.NextDue() is { } due && !(next <= due)) { next = due; }
        }
        return next;
    }

    /// <summary>
    /// Keeps snapshots of the shards with more than <paramref name="after"/> events since their last, and with <paramref name="times"/> as many bytes
    /// journaled since as that one had: so a large state costs the disk a share of what the journal does, and no more. One that cannot be kept is
    /// tried again after as many events more: nothing is lost by it but time at the next start.
    /// </summary>
    /// <returns>How many were kept; none while the journal cannot be written, because the shards may hold what did not become durable.</returns>
    public int SaveSnapshots(long after = 0, int times = 0)
    {
        if (_down is not null) { return 0; }
        var kept = 0;
        foreach (var shard in _shards)
        {
            if (shard.WantsSnapshot(after, times) && TrySave(shard)) { kept++; }
        }
        return kept;
    }

    /// <summary>Answers all that waits with a failure: the node is going down.</summary>
    public void Stop(Failure failure)
    {
        foreach (var (_, mailboxes) in _markets)
        {
            foreach (var mailbox in mailboxes) { mailbox.Refuse(failure); }
        }
    }

    void IPeers.Send(StreamId from, int toShard, object mail)
    {
        foreach (var (rules, mailboxes) in _markets)
        {
            if (rules.Market == from.Market) { mailboxes[toShard].PostLink(mail); }
        }
    }

    /// <summary>A snapshot only saves time, so no failure of one, an unforeseen one or a state too large for it included, stops a market.</summary>
    private bool TrySave(Shard shard)
    {
        try
        {
            journal.Save([shard.TakeSnapshot(follower)]);
            return true;
        }
        catch (Exception failed)
        {
            deadLetters.Add(new DeadLetter(shard.Time, $"/{shard.Stream}", "snapshot", failed.ToString()));
            return false;
        }
    }

    private void TakeTurns(Timestamp now)
    {
        _batchCount = 0;
        Rota?.Arrange(_shards);
        for (var i = _shards.Count - 1; i >= 0; i--)
        {
            var shard = _shards[i];
            if (!shard.WantsTurn(now) || Rota?.MayTurn(shard) is false) { continue; }
            try
            {
                var turn = shard.TakeTurn(now);
                _taken.Add(shard);
                if (turn is { } happened) { AddToBatch(happened); }
            }
            catch (Exception broken)
            {
                StopShard(shard, now, broken);
            }
        }
    }

    private void AddToBatch(in JournaledTurn turn)
    {
        if (_batchCount == _batch.Length) { Array.Resize(ref _batch, _batchCount * 2); }
        _batch[_batchCount++] = turn;
    }

    private bool TryAppend(Timestamp now)
    {
        if (_batchCount == 0) { return true; }
        try
        {
            journal.Append(_batch.AsSpan(0, _batchCount));
            Counters.Appended(_batch.AsSpan(0, _batchCount));
            return true;
        }
        catch (Exception failed)
        {
            if (failed is JournalConflictException { Stream: { } stream } && _taken.Find(shard => shard.Stream == stream) is { } lost)
            {
                StopShard(lost, now, failed);
                _taken.Remove(lost);
                GoDown(failed.Message, retryAt: now); // the others lost this turn, and nothing else
            }
            else
            {
                GoDown(failed.Message, retryAt: now.Plus(RetryAfterMs)); // whatever it was: nobody knows what was kept
            }
            return false;
        }
    }

    private void Release()
    {
        foreach (ref readonly var turn in _batch.AsSpan(0, _batchCount)) { follower.Committed(turn); }
        foreach (var shard in _taken) { shard.Release(news, Peers ?? this); }
    }

    /// <summary>Something that must hold does not, or another owns its journal: this shard stops, and says nothing more, rather than lie.</summary>
    private void StopShard(Shard shard, Timestamp now, Exception broken)
    {
        _shards.Remove(shard);
        lock (_stopped) { _stopped[shard.Stream] = broken.Message; }
        deadLetters.Add(new DeadLetter(now, $"/{shard.Stream}", "shard", broken.ToString()));
        var failure = new Failure(FailureKind.ShardStopped, $"Shard {shard.Stream} stopped: {broken.Message}");
        shard.Fail(failure);
        shard.Mailbox.Close(failure);
    }

    private void GoDown(string reason, Timestamp retryAt)
    {
        _down = reason;
        _retryAt = retryAt;
        var failure = new Failure(FailureKind.JournalUnavailable, reason);
        foreach (var shard in _taken) { shard.Fail(failure); }
    }

    /// <summary>Promises nothing until the journal can be written again; then starts from what it says.</summary>
    private bool RoundWhileDown(Timestamp now)
    {
        var failure = new Failure(FailureKind.JournalUnavailable, _down!);
        var refused = 0;
        foreach (var (_, mailboxes) in _markets)
        {
            foreach (var mailbox in mailboxes) { refused += mailbox.Refuse(failure); }
        }
        if (now < _retryAt) { return refused > 0; }
        try
        {
            journal.Probe();
            _shards.Clear();
            foreach (var (rules, mailboxes) in _markets) { Recover(rules, mailboxes); }
            _down = null;
        }
        catch (Exception still) when (still is not JournalCorruptException)
        {
            _down = still.Message;
            _retryAt = now.Plus(RetryAfterMs);
        }
        return true;
    }

    private void Recover(MarketRules rules, Mailbox[] mailboxes) =>
        Recover(rules, mailboxes, [.. _owned.Where(stream => stream.Market == rules.Market).OrderBy(stream => stream.Shard)]);

    private void Recover(MarketRules rules, Mailbox[] mailboxes, IReadOnlyList<StreamId> streams)
    {
        var recovery = new Recovery(journal, follower);
        var recovered = recovery.Recover(rules, streams);
        foreach (var (state, replay) in recovered)
        {
            var shard = new Shard(state, rules, mailboxes[state.Shard], deadLetters, replay);
            if (!_stopped.ContainsKey(shard.Stream)) { _shards.Add(shard); }
        }
        foreach (var (stream, why) in recovery.PassedOver)
        {
            deadLetters.Add(new DeadLetter(recovered.First(shard => shard.State.Shard == stream.Shard).Replay.Time, $"/{stream}", "snapshot", why));
        }
        Counters.Recovered(recovery.Events);
    }
}

/// <summary>Chooses among the turns that could be taken: any order and any of them is as good as another.</summary>
internal interface IRota
{
    /// <summary>Puts the shards into the order of their turns, last first.</summary>
    void Arrange(List<Shard> shards);

    /// <summary>Whether a shard that wants a turn takes it in this round.</summary>
    bool MayTurn(Shard shard);
}
