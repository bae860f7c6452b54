using Market.Actors.Answers;
using Market.Actors.Audit;
using Market.Actors.Chance;
using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Actors.Simulation.Twin;
using Market.Actors.Tests.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Twin;

/// <summary>
/// One history by its seed: the same asked of a market and of its naive twin, through crashes, a failing journal and snapshots at
/// random moments, and after every step answers, states, news and timers compared.
/// </summary>
public sealed class TwinRun
{
    private readonly Random _random;
    private readonly Steps _steps;
    private readonly ScriptedJournal _journal = new(new MemoryJournal());
    private readonly NaiveMarket _twin;
    private readonly List<string> _done = [];
    private readonly List<(TraderKey Trader, Result Result)> _news = [];
    private TestMarket _market;
    private int _returns;

    private TwinRun(int seed, int shards)
    {
        _random = new Random(seed);
        _steps = new Steps(_random);
        var rules = new MarketRules { Market = MarketId.Of("banana"), Shards = shards, Traders = new() { RememberedAnswers = seed % 3 == 0 ? 5 : 256 } };
        _market = new TestEngine(_journal).Add(rules);
        _market.Ask(tag => new OpenMarket((ulong)seed, _market.Answers, tag));
        var (walk, bubbles, harvests) = (Chance("price"), Chance("price/bubbles"), Chance("plantation"));
        _twin = new NaiveMarket(new NaiveChance(walk.Normal, bubbles.Uniform, harvests.Normal), rules.Traders.RememberedAnswers);

        ChanceStream Chance(string actor) => ChanceStream.For((ulong)seed, $"/banana/{actor}");
    }

    /// <summary>What came up in this history, to see that it was worth its time.</summary>
    public HashSet<string> Seen { get; } = [];

    /// <summary>The market as it is in the end.</summary>
    public TestMarket Market => _market;

    public static TwinRun Play(int seed, int shards, int steps)
    {
        var run = new TwinRun(seed, shards);
        try
        {
            foreach (var trader in Steps.Traders.Take(3)) { run.Ask(Steps.Join(trader)); }
            run.Ask(Steps.Move(MarketAction.Start));
            for (var i = 0; i < steps; i++) { run.Step(); }
            run.End();
            return run;
        }
        catch (Exception failed)
        {
            throw new Xunit.Sdk.XunitException($"Seed {seed} with {shards} shards, after\n  {string.Join("\n  ", run._done)}\n{failed}");
        }
    }

    private void Step()
    {
        switch (_random.Next(40))
        {
            case < 24: Ask(_steps.Draw()); break;
            case < 31: Advance(_random.Next(4) == 0 ? _random.Next(5_000) : _random.Next(300)); break;
            case 31: Sleep(_random.Next(8_000)); break;
            case 32 or 33: Crash(_steps.Draw(), afterRounds: _random.Next(5)); break;
            case 34: CrashAndSleep(_steps.Draw(), _random.Next(2) == 0, _random.Next(4_000)); break;
            case 35 or 36 or 37: FailToAppend(_steps.Draw(), kept: _random.Next(2) == 0); break;
            default: Snapshot(_steps.Draw(), afterRounds: _random.Next(4)); break;
        }
        Compare();
    }

    private void Ask(Asked asked)
    {
        Note(asked.Text);
        var tags = asked.Post(_market);
        _market.Host.Drain();
        Answered(tags, asked.Twin(_twin, Now));
        _twin.Wake(Now);
    }

    private void Advance(long ms)
    {
        Note($"{ms} ms pass");
        var until = Now.Plus(ms);
        _market.Host.Advance(ms);
        while (_twin.NextDue() is { } due && due <= until) { _twin.Wake(due); }
    }

    private void Sleep(long ms)
    {
        Note($"{ms} ms are slept through");
        _market.Host.Jump(ms);
        _twin.Wake(Now);
    }

    /// <summary>The machine dies in the middle of things, and another goes on at once.</summary>
    private void Crash(Asked asked, int afterRounds)
    {
        Note($"{asked.Text}, and a crash after {afterRounds} rounds");
        PostAndRun(asked, afterRounds);
        Restart();
        _market.Host.Drain();
        _twin.Wake(Now);
    }

    /// <summary>The machine dies after the command was decided, or before, and what it was to bring about has to wait.</summary>
    private void CrashAndSleep(Asked asked, bool decided, long ms)
    {
        Note($"{asked.Text}, and a crash {(decided ? "after" : "before")} it was decided, for {ms} ms");
        PostAndRun(asked, decided ? 1 : 0);
        Restart();
        _market.Host.Jump(ms);
        _twin.Wake(Now);
    }

    private void Snapshot(Asked asked, int afterRounds)
    {
        Note($"{asked.Text}, and snapshots after {afterRounds} rounds");
        var tags = asked.Post(_market);
        for (var round = 0; round < afterRounds; round++) { _market.Host.Engine.Round(Now); }
        _market.Host.Engine.SaveSnapshots(after: _random.Next(20));
        _market.Host.Drain();
        Answered(tags, asked.Twin(_twin, Now));
        _twin.Wake(Now);
    }

    /// <summary>The append of what was asked fails, though the turn may have been kept; nobody is told that it was done.</summary>
    private void FailToAppend(Asked asked, bool kept)
    {
        Note($"{asked.Text}, and the journal fails though it {(kept ? "kept" : "did not keep")} it");
        if (kept) { _journal.FailAfter = ScriptedJournal.Full; }
        else { _journal.FailBefore = ScriptedJournal.Full; }
        var tags = asked.Post(_market);
        _market.Host.Engine.Round(Now);
        (_journal.FailAfter, _journal.FailBefore) = (null, null);
        if (_market.Host.Engine.Down is null) // there was nothing to append
        {
            _market.Host.Drain();
            Answered(tags, asked.Twin(_twin, Now));
            _twin.Wake(Now);
            return;
        }
        Seen.Add(kept ? "kept" : "not kept");
        var news = _twin.News.Count;
        if (kept) { asked.Twin(_twin, Now); }
        _twin.News.RemoveRange(news, _twin.News.Count - news);
        foreach (var tag in tags) { ((Failure)_market.Answers[tag]).Kind.ShouldBe(FailureKind.JournalUnavailable); }
        StayDown();
        _market.Host.Drain();
        _twin.Wake(Now);
    }

    /// <summary>Whatever is asked meanwhile is refused; then the journal can be written again, or another machine goes on.</summary>
    private void StayDown()
    {
        var tags = _steps.Draw().Post(_market);
        _market.Host.Engine.Round(Now);
        foreach (var tag in tags) { ((Failure)_market.Answers[tag]).Kind.ShouldBe(FailureKind.JournalUnavailable); }
        _market.Host.Engine.SaveSnapshots();
        if (_random.Next(2) == 0)
        {
            _journal.FailProbe = ScriptedJournal.Full;
            _market.Host.Jump(1_000);
            _market.Host.Engine.Down.ShouldNotBeNull();
            _journal.FailProbe = null;
        }
        _market.Host.Now = Now.Plus(_random.Next(1_000, 4_000));
        if (_random.Next(3) == 0) { Restart(); }
    }

    private void PostAndRun(Asked asked, int rounds)
    {
        var tags = asked.Post(_market);
        for (var round = 0; round < rounds; round++) { _market.Host.Engine.Round(Now); }
        if (rounds == 0) { _market.Answers.All.Select(one => one.Tag).Intersect(tags).ShouldBeEmpty(); }
        else { Answered(tags, asked.Twin(_twin, Now)); }
    }

    private void Restart()
    {
        KeepNews();
        _market = _market.Restarted();
    }

    private void End()
    {
        Ask(Steps.Move(MarketAction.Resume));
        for (var second = 0; second < 20; second++)
        {
            Advance(1_000);
            Compare();
        }
        Ask(Steps.Move(MarketAction.End));
        Compare();
        _market.View.IsFinal.ShouldBeTrue();
        foreach (var trader in _twin.Traders.Values) { trader.Returns.ShouldBe(trader.Investments); }
        _twin.Traders.Values.Sum(trader => trader.Returns).ShouldBe(_returns);
        var again = _market.Restarted();
        again.Host.StateBytes().ShouldBe(_market.Host.StateBytes());
        again.Shown().ShouldBe(_market.Shown());
        var fromNothing = new TestEngine(new WithoutSnapshots(_journal), Now).Add(_market.Rules);
        fromNothing.Host.StateBytes().ShouldBe(_market.Host.StateBytes());
        fromNothing.Shown().ShouldBe(_market.Shown());
        new JournalAudit(_journal, _market.Rules).Run().Findings.Kept.ShouldBeEmpty();
    }

    private void Compare()
    {
        foreach (var (key, naive) in _twin.Traders)
        {
            naive.Broken().ShouldBeNull();
            _market.Live(key).ShouldBe(naive.State, $"{key}");
            _market.View.Trader(key).ShouldBe(naive.State, $"{key} as seen");
        }
        var summary = _market.View.Summary;
        (summary.Status, summary.Traders, summary.InFlight).ShouldBe((_twin.Phase, _twin.Traders.Count, _twin.Traders.Values.Sum(t => t.InFlight)));
        (summary.Price.Seq, summary.Price.Price).ShouldBe((_twin.Price.Seq, _twin.Price.PriceInCoins));
        summary.Price.Forecast.ShouldBe(_twin.Price.Forecast, 1e-9);
        var price = _market.Shard(new Placement(_market.Rules.Market, _market.Rules.Shards).PriceShard).State.Price;
        if (price.BurstStep is { } step) { Seen.Add($"burst step {step}"); }
        (price.Hype, price.BurstStep is not null).ShouldBe((_twin.Price.HypeInCoins, _twin.Price.Bursting));
        _market.View.LastGibbs(1).ShouldBe(_twin.Gibber.All.TakeLast(1));
        _market.Host.Engine.NextDue().ShouldBe(_twin.NextDue());
        CompareNews();
        _market.Host.DeadLetters.Count.ShouldBe(0);
        _market.Host.Engine.Stopped.ShouldBeEmpty();
    }

    /// <summary>Each trader hears its own in order; of two traders on different shards either may be first.</summary>
    private void CompareNews()
    {
        KeepNews();
        foreach (var trader in _twin.Traders.Keys)
        {
            _news.Where(news => news.Trader.Equals(trader)).ShouldBe(_twin.News.Where(news => news.Trader.Equals(trader)));
        }
        _news.Count.ShouldBe(_twin.News.Count);
        Seen.UnionWith(_news.Select(news => $"{news.Result.Type}"));
        _returns += _news.Count(news => news.Result.Type is ResultType.Return);
        _news.Clear();
        _twin.News.Clear();
    }

    private void Answered(IReadOnlyList<long> tags, IReadOnlyList<object> expected)
    {
        tags.Select(tag => _market.Answers[tag]).ShouldBe(expected);
        foreach (var answer in expected)
        {
            Seen.Add(answer switch { Result result => $"{result.Status}", Gibb gibb => $"{gibb.Reason}", Moved moved => $"{moved.Status}", _ => "joined" });
        }
    }

    private void KeepNews()
    {
        _news.AddRange(_market.Host.News.Select(news => (news.Trader, news.Result)));
        _market.Host.News.Clear();
    }

    private Timestamp Now => _market.Host.Now;

    private void Note(string step) => _done.Add($"{Now.UnixMs % 1_000_000_000} {step}");
}
