using Market.Actors.Answers;
using Market.Actors.Mailboxes;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using static Market.Actors.Tests.Runtime.TestMarket;

namespace Market.Actors.Tests.Runtime;

/// <summary>Mail between shards may be lost, come twice and out of order; what it says happens exactly once.</summary>
public class LooseMailTests
{
    private const int OfAlice = 4;
    private const int Plantation = 11;
    private readonly LooseShards _shards;

    public LooseMailTests()
        : this(new LooseShards(Quiet))
    {
    }

    private LooseMailTests(LooseShards shards)
    {
        _shards = shards;
        var placement = _shards.Placement;
        _shards.Post(placement.MarketShard, new OpenMarket(Seed, _shards.Answers));
        _shards.Post(placement.MarketShard, new MoveMarket(MarketAction.Start, _shards.Answers));
        _shards.Post(OfAlice, new JoinTrader(Alice, _shards.Answers));
        _shards.Settle();
        (placement.Of(Alice), placement.PlantationShard).ShouldBe((OfAlice, Plantation));
    }

    [Fact]
    public void Mail_that_comes_twice_is_handled_once_and_acknowledged_twice()
    {
        Invest("t1", 2);
        _shards.OnItsWay.ShouldHaveSingleItem().To.ShouldBe(Plantation);
        _shards.Deliver(0);
        _shards.Deliver(0);
        _shards.Turn(Plantation);
        _shards.Deliver(0);
        _shards.Turn(Plantation);
        Growing().ShouldBe(["t1"]);
        Acknowledged().ShouldBe([Received(), Received()]);
        _shards.Settle(); // and two acknowledgements of the same do no harm
        _shards[OfAlice].State.Links[Plantation].Owed.ShouldBeEmpty();
    }

    [Fact]
    public void Mail_that_comes_too_early_waits_for_what_is_before_it()
    {
        Invest("t1", 1);
        Invest("t2", 1);
        _shards.Deliver(1);
        _shards.Turn(Plantation);
        Growing().ShouldBeEmpty();
        Acknowledged().ShouldBeEmpty();
        _shards.Deliver(0);
        _shards.Turn(Plantation);
        Growing().ShouldBe(["t1"]);
        _shards.Deliver(1);
        _shards.Turn(Plantation);
        Growing().ShouldBe(["t1", "t2"]);
    }

    [Fact]
    public void What_is_partly_known_is_handled_from_where_it_is_new()
    {
        Invest("t1", 1);
        _shards.Deliver(0);
        _shards.Turn(Plantation);
        Invest("t2", 1);
        _shards.OnItsWay.Clear();
        _shards.Now = _shards.Now.Plus(1_000);
        _shards.Turn(OfAlice);
        ((LinkBatch)_shards.OnItsWay.Single(mail => mail.To == Plantation).Mail).Messages.Count.ShouldBe(2); // both again
        _shards.Settle();
        Growing().Concat(_shards.News.Select(news => news.Result.TxnId)).ShouldBe(["t1", "t2"], ignoreOrder: true);
    }

    [Fact]
    public void What_was_lost_is_sent_again_after_a_second()
    {
        Invest("t1", 8);
        _shards.OnItsWay.Clear();
        _shards[OfAlice].NextDue().ShouldBe(_shards.Now.Plus(1_000));
        _shards.Now = _shards.Now.Plus(999);
        _shards[OfAlice].WantsTurn(_shards.Now).ShouldBeFalse();
        _shards.Now = _shards.Now.Plus(1);
        _shards[OfAlice].WantsTurn(_shards.Now).ShouldBeTrue();
        _shards.Turn(OfAlice);
        _shards.OnItsWay.Count.ShouldBe(1);
        _shards[OfAlice].NextDue().ShouldBe(_shards.Now.Plus(1_000)); // and again, until it is acknowledged
        _shards.Settle();
        Growing().ShouldBe(["t1"]);
        _shards[OfAlice].NextDue().ShouldBeNull();
    }

    [Fact]
    public void A_lost_acknowledgement_brings_the_mail_again_and_nothing_twice()
    {
        Invest("t1", 8);
        _shards.Deliver(0);
        _shards.Turn(Plantation);
        _shards.OnItsWay.Clear();
        _shards.Now = _shards.Now.Plus(1_000);
        _shards.Turn(OfAlice);
        _shards.Settle();
        _shards[Plantation].State.Plantation.Planted.ShouldBe(1);
        _shards[OfAlice].State.Links[Plantation].Owed.ShouldBeEmpty();
    }

    [Fact]
    public void Other_mail_does_not_put_off_what_was_lost()
    {
        Invest("lost", 1);
        _shards.OnItsWay.Clear();
        for (var i = 0; i < 20; i++)
        {
            _shards.Now = _shards.Now.Plus(100);
            Invest($"t{i}", 0.1);
            if (i % 2 == 0) { _shards.OnItsWay.Clear(); }
            else { _shards.Settle(); }
        }
        _shards[Plantation].State.Plantation.Planted.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Peers_that_acknowledge_do_not_put_off_one_that_missed_something()
    {
        var quick = Quiet with { Price = Quiet.Price with { TickMs = 300 } };
        var test = new LooseMailTests(new LooseShards(quick));
        var shards = test._shards;
        for (var tick = 1; tick <= 10; tick++)
        {
            shards.Now = shards.Now.Plus(300);
            shards.Turn(shards.Placement.PriceShard);
            if (tick == 1) { shards.OnItsWay.RemoveAll(mail => mail.To == OfAlice); }
            shards.Settle();
        }
        shards[0].State.Floor.PriceSeq.ShouldBe(11);
        shards[OfAlice].State.Floor.PriceSeq.ShouldBe(11);
    }

    [Fact]
    public void A_shard_that_crashed_sends_again_what_it_owes()
    {
        Invest("t1", 8);
        _shards.OnItsWay.Clear();
        var before = _shards.StateBytes(OfAlice);
        _shards.Crash(OfAlice);
        _shards.StateBytes(OfAlice).ShouldBe(before);
        _shards[OfAlice].WantsTurn(_shards.Now).ShouldBeTrue();
        _shards.Settle();
        Growing().ShouldBe(["t1"]);
    }

    [Fact]
    public void A_shard_that_crashed_after_it_handled_mail_does_not_handle_it_again()
    {
        Invest("t1", 8);
        _shards.Deliver(0);
        _shards.Turn(Plantation);
        _shards.Crash(Plantation);
        _shards.Deliver(0);
        _shards.Turn(Plantation);
        Growing().ShouldBe(["t1"]);
        _shards[Plantation].State.Plantation.Planted.ShouldBe(1);
    }

    [Fact]
    public void A_shard_that_owes_too_much_takes_no_commands_until_its_peers_have_caught_up()
    {
        for (var turn = 0; turn < 100; turn++)
        {
            for (var i = 0; i < 1_000; i++) { _shards.Post(Alice, TraderCommand.Invest($"t{turn}/{i}", new Coins(1))); }
            _shards.Turn(OfAlice);
            _shards.OnItsWay.Clear();
        }
        _shards[OfAlice].State.Links[Plantation].Owed.Count.ShouldBe(100_000);
        _shards.Post(Alice, TraderCommand.Feed("late", 1), tag: 7);
        _shards.Turn(OfAlice);
        _shards.Waiting(OfAlice).ShouldBe(1);
        _shards[OfAlice].WantsTurn(_shards.Now).ShouldBeFalse("what may not be taken makes it spin");
        _shards.Now = _shards.Now.Plus(1_000);
        _shards[OfAlice].WantsTurn(_shards.Now).ShouldBeTrue("links and timers go on");
        _shards.Settle();
        _shards.Waiting(OfAlice).ShouldBe(0);
        _shards.Answers.Result(7).Status.ShouldBe(Status.Accepted);
        _shards[Plantation].State.Plantation.Planted.ShouldBe(100_000);
    }

    /// <summary>Everything at once, by seed: lost, doubled, late mail and crashes; then the weather clears, and every investment is home once.</summary>
    [Fact]
    public void In_any_weather_every_investment_comes_home_once()
    {
        for (var seed = 0; seed < 40; seed++) { Weather(seed); }
    }

    private static void Weather(int seed)
    {
        var random = new Random(seed);
        var test = new LooseMailTests();
        var shards = test._shards;
        for (var step = 0; step < 150; step++)
        {
            switch (random.Next(8))
            {
                case 0: shards.Post(Alice, TraderCommand.Invest($"t{step}", new Coins(50_000))); break;
                case 1: shards.Crash(random.Next(Quiet.Shards)); break;
                case 2: shards.Now = shards.Now.Plus(random.Next(400)); break;
                case 3 when shards.OnItsWay.Count > 0: shards.OnItsWay.RemoveAt(random.Next(shards.OnItsWay.Count)); break;
                case 4 or 5 when shards.OnItsWay.Count > 0: shards.Deliver(random.Next(shards.OnItsWay.Count)); break;
                default: shards.Turn(random.Next(3) == 0 ? random.Next(Quiet.Shards) : random.Next(2) == 0 ? OfAlice : Plantation); break;
            }
        }
        for (var second = 0; second < 5; second++)
        {
            shards.Settle();
            shards.Now = shards.Now.Plus(1_000);
        }
        var state = shards[Alice].State.Traders[0].State;
        var planted = shards[Plantation].State.Plantation.Planted;
        state.InFlightInvestments.ShouldBe(0, $"seed {seed}");
        var home = planted * new Coins(57_500).Micro; // at the ceiling of 1.15
        state.Coins.ShouldBe(new Coins(10_000_000 - (planted * 50_000) + home), $"seed {seed}");
        planted.ShouldBeGreaterThan(3, $"seed {seed}");
        for (var shard = 0; shard < Quiet.Shards; shard++)
        {
            var live = shards.StateBytes(shard);
            shards.Crash(shard);
            shards.StateBytes(shard).ShouldBe(live, $"seed {seed}, shard {shard}");
        }
    }

    private void Invest(string txnId, double coins)
    {
        _shards.Post(Alice, TraderCommand.Invest(txnId, Coins.Nearest(coins)));
        _shards.Turn(OfAlice);
    }

    private IEnumerable<string> Growing() => _shards[Plantation].State.Plantation.InOrder().Select(growing => growing.TxnId);

    private long Received() => _shards[Plantation].State.Links[OfAlice].Received;

    private IEnumerable<long> Acknowledged() => _shards.OnItsWay.Select(mail => mail.Mail).OfType<LinkAcknowledgement>().Select(done => done.UpTo);
}
