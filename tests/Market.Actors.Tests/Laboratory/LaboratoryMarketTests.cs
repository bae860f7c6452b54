using Market.Actors.Bots;
using Market.Actors.Laboratory;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Laboratory;

public class LaboratoryMarketTests
{
    /// <summary>Of the small run below, on every machine and in every version that plays by the same rules and bots.</summary>
    private const string Golden = "295892e1540d1f94427c44f5673c38a39d73612c5d11094c21f1212248d7ccc9";

    [Fact]
    public void A_small_run_has_its_golden_hash()
    {
        using var game = LaboratoryGame.Played(LaboratoryGame.NewPlan());
        game.Market.JournalHash().ShouldBe(Golden);
    }

    [Fact]
    public void The_same_plan_gives_the_same_hash_again_whatever_order_pits_are_stepped_in()
    {
        var plan = LaboratoryGame.NewPlan(seed: 5);
        using var game = LaboratoryGame.Played(plan);
        using var again = LaboratoryGame.Played(plan);
        using var backwards = LaboratoryGame.Played(plan, backwards: true);
        again.Market.JournalHash().ShouldBe(game.Market.JournalHash());
        backwards.Market.JournalHash().ShouldBe(game.Market.JournalHash());
    }

    [Fact]
    public void Another_seed_gives_another_hash()
    {
        using var game = LaboratoryGame.Played(LaboratoryGame.NewPlan(seed: 1));
        using var other = LaboratoryGame.Played(LaboratoryGame.NewPlan(seed: 2));
        other.Market.JournalHash().ShouldNotBe(game.Market.JournalHash());
    }

    [Fact]
    public void The_hash_is_that_of_the_journal_that_was_kept()
    {
        using var game = LaboratoryGame.Played(LaboratoryGame.NewPlan());
        JournalHash.Of(game.Journal).ShouldBe(game.Market.JournalHash());
    }

    [Theory]
    [InlineData(1, 2_048)]
    [InlineData(4, 2_048)]
    [InlineData(16, 1)]
    [InlineData(16, 9)]
    public void Everything_that_must_hold_holds_over_a_run(int shards, int mailbox)
    {
        using var game = LaboratoryGame.Played(LaboratoryGame.NewPlan(shards: shards, mailbox: mailbox, traders: 80), ticks: 200);
        var report = game.Audit();
        report.Findings.Kept.ShouldBeEmpty();
        foreach (var invariant in (int[])[0, 1, 2, 3, 4, 5, 7, 8, 9]) { report.Findings.Checks[invariant].ShouldBeGreaterThan(0, $"invariant {invariant}"); }
        report.Traders.ShouldBe(80);
        game.Market.DeadLetters.Count.ShouldBe(0);
    }

    [Fact]
    public void The_size_of_a_mailbox_changes_turns_and_not_the_game()
    {
        using var narrow = LaboratoryGame.Played(LaboratoryGame.NewPlan(mailbox: 8));
        using var wide = LaboratoryGame.Played(LaboratoryGame.NewPlan());
        narrow.Market.Standing().ShouldBe(wide.Market.Standing());
        narrow.Market.Journaled.Turns.ShouldBeGreaterThan(wide.Market.Journaled.Turns);
    }

    [Fact]
    public void At_the_end_everything_is_home()
    {
        using var game = LaboratoryGame.Played(LaboratoryGame.NewPlan());
        game.Market.Activity().Sum(part => part.Invested).ShouldBeGreaterThan(0);
        game.Market.Activity().Sum(part => part.Returned).ShouldBe(game.Market.Activity().Sum(part => part.Invested));
        game.Market.Standing().ShouldAllBe(one => one.State.InFlightInvestments == 0);
    }

    [Fact]
    public void A_metronome_sends_one_command_every_tick()
    {
        using var game = LaboratoryGame.Played(LaboratoryGame.NewPlan("metronome", traders: 30), ticks: 50);
        Activity.Sum(game.Market.Activity()).Commands.ShouldBe(30 * 50);
    }

    [Fact]
    public void Ticks_come_by_the_markets_own_time()
    {
        using var game = LaboratoryGame.Played(LaboratoryGame.NewPlan(traders: 1), ticks: 10);
        game.Ticks.Select(tick => tick.Seq).ShouldBe(Enumerable.Range(1, 10).Select(seq => (long)seq));
        game.Ticks.Select(tick => tick.Time.MsSince(LaboratoryPlan.Begins)).ShouldBe(Enumerable.Range(0, 10).Select(i => i * 1_000L));
    }

    [Fact]
    public void Two_mixes_under_one_seed_walk_the_same_price()
    {
        using var talk = LaboratoryGame.Played(LaboratoryGame.NewPlan("hype-rider=3,investor=1"));
        using var quiet = LaboratoryGame.Played(LaboratoryGame.NewPlan("contrarian", traders: 7));
        talk.Ticks.Select(tick => tick.Base).ShouldBe(quiet.Ticks.Select(tick => tick.Base));
        talk.Ticks.Select(tick => tick.Price).ShouldNotBe(quiet.Ticks.Select(tick => tick.Price));
    }

    [Fact]
    public void A_trader_is_the_same_with_the_same_chance_in_every_mix()
    {
        using var alone = LaboratoryGame.Played(LaboratoryGame.NewPlan("gambler", traders: 20), ticks: 1);
        using var mixed = LaboratoryGame.Played(LaboratoryGame.NewPlan("contrarian=1,gambler=1", traders: 40), ticks: 1);
        using var elsewhere = LaboratoryGame.Played(LaboratoryGame.NewPlan("gambler", traders: 20, seed: 9), ticks: 1);
        // Shares and meals of the first tick are the dice alone; what the plantation gave depends on who came before.
        static IEnumerable<(TraderKey, long, long)> Gamblers(LaboratoryGame game) => game.Market.Standing()
            .Where(one => one.Key.Name.StartsWith("gambler", StringComparison.Ordinal)).Select(one => (one.Key, one.State.Shares, one.State.FedMonkeys));
        Gamblers(mixed).ShouldBe(Gamblers(alone));
        Gamblers(elsewhere).ShouldNotBe(Gamblers(alone));
    }

    [Fact]
    public void Any_bot_can_play_and_one_that_throws_is_sent_home()
    {
        var mix = LaboratoryGame.Only("guest", chance => new Guest(chance.Uniform(0) < 0.5));
        using var game = LaboratoryGame.Played(LaboratoryGame.NewPlan() with { Mix = mix }, ticks: 10);
        game.Market.SentHome.ShouldBeInRange(1, 39);
        Activity.Sum(game.Market.Activity()).Fed.ShouldBe((40 - game.Market.SentHome) * 4);
        game.Audit().Holds.ShouldBeTrue();
    }

    [Fact]
    public void A_bot_that_answers_every_answer_is_stopped_and_not_waited_for_for_ever()
    {
        var mix = LaboratoryGame.Only("restless", _ => new Restless());
        using var game = LaboratoryGame.Played(LaboratoryGame.NewPlan(traders: 3) with { Mix = mix }, ticks: 2);
        Activity.Sum(game.Market.Activity()).Commands.ShouldBeInRange(1_000, 20_000);
    }

    [Fact]
    public void A_shard_that_owes_too_much_goes_on_when_its_peers_have_caught_up()
    {
        var mix = LaboratoryGame.Only("planter", _ => new Planter());
        using var game = LaboratoryGame.Played(LaboratoryGame.NewPlan(traders: 13_000, shards: 1) with { Mix = mix }, ticks: 1);
        Activity.Sum(game.Market.Activity()).Invested.ShouldBe(13_000 * Desk.MaxUnanswered); // more than a shard may owe at once
        Activity.Sum(game.Market.Activity()).Returned.ShouldBe(13_000 * Desk.MaxUnanswered);
    }

    /// <summary>As many investments as a desk sends at once.</summary>
    private sealed class Planter : IBot
    {
        public void Priced(in PriceTick tick, IDesk desk)
        {
            while (desk.Invest(Coins.Whole(1))) { }
        }

        public void Told(in Result result, IDesk desk)
        {
        }
    }

    /// <summary>Feeds at every tick, or fails at the third.</summary>
    private sealed class Guest(bool fails) : IBot
    {
        public void Priced(in PriceTick tick, IDesk desk)
        {
            if (fails && tick.Seq == 3) { throw new NotSupportedException("This bot has a fault."); }
            if (!fails) { desk.Feed(desk.FreeShares > 1 ? 1 : 0); }
        }

        public void Told(in Result result, IDesk desk)
        {
        }
    }

    private sealed class Restless : IBot
    {
        public void Priced(in PriceTick tick, IDesk desk) => desk.Sell(1_000);

        public void Told(in Result result, IDesk desk) => desk.Sell(1_000);
    }
}
