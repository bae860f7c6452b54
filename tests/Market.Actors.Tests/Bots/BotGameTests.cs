using Market.Actors.Journal;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Tests.Bots;

/// <summary>All eight temperaments together, on the real engine.</summary>
public class BotGameTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 8).Select(seed => (ulong)seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Within_a_minute_most_feed_and_nobody_is_bailed_out(ulong seed)
    {
        var game = new BotGame(seed);
        game.Run(60);
        game.Standing.Count(one => one.State.FedMonkeys > 1).ShouldBeGreaterThanOrEqualTo(5, Board(game));
        game.Standing.ShouldAllBe(one => one.State.FedMonkeys > 0 && one.State.Bailouts == 0, Board(game));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void After_two_minutes_scores_differ_and_hardly_an_order_was_refused(ulong seed)
    {
        var game = new BotGame(seed);
        game.Run(120);
        game.Standing.Select(one => one.State.Score).Distinct().Count().ShouldBeGreaterThanOrEqualTo(5, Board(game));
        game.Standing.Sum(one => one.State.Score).ShouldBeGreaterThan(40, Board(game));
        game.Answers.Count.ShouldBeGreaterThan(200);
        game.Answers.Count(answer => answer.Status is not Status.Accepted).ShouldBeLessThan(game.Answers.Count / 20);
    }

    [Fact]
    public void After_an_hour_most_have_more_to_feed_with_and_the_price_is_not_in_the_sky()
    {
        var game = new BotGame(3);
        game.Run(1_800);
        var before = game.Standing.Select(one => one.State.FedMonkeys).ToList();
        game.Run(1_800);
        game.Standing.Zip(before).Count(one => one.First.State.FedMonkeys > one.Second).ShouldBeGreaterThanOrEqualTo(4, Board(game));
        game.Standing.Sum(one => one.State.Bailouts).ShouldBe(0, Board(game));
        game.View.Summary.Price.Price.ShouldBeLessThan(Coins.Whole(20));
    }

    [Fact]
    public void The_same_seed_gives_the_same_journal_and_another_seed_another()
    {
        Played(5).ShouldBe(Played(5));
        Played(5).ShouldNotBe(Played(6));
    }

    [Fact]
    public void Ticks_of_a_paused_market_do_not_come_and_nothing_is_sent()
    {
        var game = new BotGame(1);
        game.Run(20);
        game.Move(MarketAction.Pause);
        game.Sent.Clear();
        game.Run(60);
        game.Sent.ShouldBeEmpty();
        game.Move(MarketAction.Resume);
        game.Run(20);
        game.Sent.ShouldNotBeEmpty();
    }

    [Fact]
    public void TxnIds_are_never_used_again_across_restarts()
    {
        using var journal = new MemoryJournal();
        var game = new BotGame(1, journal, "1-a");
        game.Run(30);
        var again = new BotGame(1, journal, "1-b", now: game.Now);
        again.Run(30);
        var sent = game.Sent.Concat(again.Sent).ToList();
        sent.Select(one => (one.Trader, one.Command.TxnId)).Distinct().Count().ShouldBe(sent.Count);
        again.Answers.ShouldAllBe(answer => answer.Status == Status.Accepted);
        again.Standing.Zip(game.Standing).ShouldAllBe(one => one.First.State.FedMonkeys >= 0 && one.First.Trader == one.Second.Trader);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_failing_journal_left_unanswered_is_sent_again_and_happens_once(bool keptThough)
    {
        using var journal = new FailingJournal(keptThough);
        var game = new BotGame(2, journal);
        game.Run(10);
        game.WhenSent = () => journal.Fails = true;
        game.Run(5);
        game.OwesCommands.ShouldBeTrue();
        game.WhenSent = () => { };
        journal.Fails = false;
        game.Run(5);
        game.SendAgain();
        game.OwesCommands.ShouldBeFalse();
        game.Run(20);
        game.Answers.ShouldAllBe(answer => answer.Status == Status.Accepted || answer.Status == Status.Duplicate);
        game.Answers.Any(answer => answer.Status is Status.Duplicate).ShouldBe(keptThough);
        OrdersIn(journal).ShouldBe(game.Sent.Select(sent => sent.Command.TxnId).Distinct().Order(StringComparer.Ordinal));
    }

    private static IReadOnlyList<string> Played(ulong seed)
    {
        var game = new BotGame(seed);
        game.Run(120);
        return game.JournalBytes();
    }

    private static string Board(BotGame game) =>
        string.Join(", ", game.Standing.Select(one => $"{one.Trader.Temperament.Name} {one.State.FedMonkeys} fed {one.State.Bailouts} bailouts"));

    /// <summary>The txnId of every answer in the journal, each as often as it is there.</summary>
    private static IEnumerable<string> OrdersIn(IJournal journal)
    {
        var fold = new TxnIds();
        var replays = journal.Streams().ToDictionary(stream => stream, stream => new StreamReplay(stream, fold));
        foreach (var turn in journal.Read(replays.Keys.ToDictionary(stream => stream, _ => 1L))) { replays[turn.Stream].Turn(turn); }
        return fold.Seen.Order(StringComparer.Ordinal);
    }

    private sealed class TxnIds : IEventFold
    {
        public List<string> Seen { get; } = [];

        public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
        {
            if (happened.IsAnswer) { Seen.Add(txnId.ToString()); }
        }

        public void On(MarketEvent happened, Timestamp time)
        {
        }
    }

    /// <param name="keptThough">Whether what it fails to append is there all the same.</param>
    private sealed class FailingJournal(bool keptThough) : IJournal
    {
        private readonly MemoryJournal _kept = new();

        public bool Fails { get; set; }

        public void Append(ReadOnlySpan<JournaledTurn> turns)
        {
            if (!Fails || keptThough) { _kept.Append(turns); }
            Check();
        }

        public void Probe() => Check();

        public IEnumerable<JournaledTurn> Read(IReadOnlyDictionary<StreamId, long> fromSequence) => _kept.Read(fromSequence);

        public IReadOnlyList<StreamId> Streams() => _kept.Streams();

        public Snapshot? LatestSnapshot(StreamId stream) => _kept.LatestSnapshot(stream);

        public void Save(IReadOnlyList<Snapshot> snapshots) => _kept.Save(snapshots);

        public void Dispose() => _kept.Dispose();

        private void Check()
        {
            if (Fails) { throw new JournalUnavailableException("The disk is full."); }
        }
    }
}
