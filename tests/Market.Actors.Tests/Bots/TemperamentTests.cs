using Market.Actors.Bots;
using Market.Actors.Chance;
using Market.Actors.Prices;
using Market.Actors.Runtime;
using Market.Actors.Tests.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Bots;

/// <summary>The house's bots on a real engine, in virtual time.</summary>
public class TemperamentTests
{
    private const int Ticks = 120;

    private static readonly MarketRules Lively = TestMarket.Quiet with { Price = PriceRules.Default };

    [Fact]
    public void Eight_bots_make_four_teams_of_two()
    {
        var hired = Enumerable.Range(0, 8).Select(i => Temperaments.Hire(i, new ChanceStream((ulong)i))).ToList();
        hired.GroupBy(bot => bot.Team).Select(team => team.Count()).ShouldBe([2, 2, 2, 2]);
        hired.Select(bot => bot.Bot.GetType()).Distinct().Count().ShouldBe(8);
    }

    [Fact]
    public void Names_stay_apart_however_many_are_hired()
    {
        Enumerable.Range(0, 1_000).Select(i => Temperaments.Hire(i, new ChanceStream(1))).Select(bot => (bot.Team, bot.Name)).Distinct().Count().ShouldBe(1_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Within_two_minutes_most_have_fed_monkeys_and_few_needed_help(int seed)
    {
        var (market, desks) = Play((ulong)seed);
        var states = desks.ConvertAll(desk => market.View.Trader(desk.Trader)!.Value);
        states.Count(state => state.FedMonkeys > 0).ShouldBeGreaterThanOrEqualTo(7);
        states.Sum(state => state.Bailouts).ShouldBeLessThanOrEqualTo(4);
        states.Select(state => state.FedMonkeys).Distinct().Count().ShouldBeGreaterThan(4);
    }

    [Fact]
    public void Bots_ask_for_little_that_they_cannot_have()
    {
        var (_, desks) = Play(4);
        var sent = desks.Sum(desk => desk.Sent);
        sent.ShouldBeGreaterThan(200);
        desks.Sum(desk => desk.Refused).ShouldBeLessThan(sent / 20);
    }

    [Fact]
    public void The_same_seed_gives_the_same_game()
    {
        Play(5).Desks.Select(desk => desk.State).ShouldBe(Play(5).Desks.Select(desk => desk.State));
    }

    private static (TestMarket Market, List<Desk> Desks) Play(ulong seed)
    {
        var market = TestMarket.Running(Lively);
        var desks = Enumerable.Range(0, 8).Select(i => new Desk(market, Temperaments.Hire(i, new ChanceStream(seed + (ulong)i)))).ToList();
        for (var tick = 0; tick < Ticks; tick++)
        {
            market.Host.Advance(1_000);
            foreach (var desk in desks) { desk.Act(market.View.Summary.Price); }
        }
        return (market, desks);
    }

    /// <summary>A desk whose orders are answered at once.</summary>
    private sealed class Desk : IDesk
    {
        private readonly TestMarket _market;
        private readonly IBot _bot;

        public Desk(TestMarket market, (string Team, string Name, IBot Bot) hired)
        {
            (_market, _bot, Trader) = (market, hired.Bot, new TraderKey(hired.Team, hired.Name));
            market.Join(Trader);
        }

        public TraderKey Trader { get; }

        public int Sent { get; private set; }

        public int Refused { get; private set; }

        public TraderState State => _market.View.Trader(Trader)!.Value;

        public void Act(in PriceTick tick) => _bot.Priced(tick, this);

        public void Buy(long shares) => Do(TraderCommand.Buy($"t{Sent}", shares));

        public void Sell(long shares) => Do(TraderCommand.Sell($"t{Sent}", shares));

        public void Invest(Coins coins) => Do(TraderCommand.Invest($"t{Sent}", coins));

        public void Feed(long monkeys) => Do(TraderCommand.Feed($"t{Sent}", monkeys));

        public void Gibb(string text) => Market.Protocol.Messages.Gibb.IsText(text).ShouldBeTrue();

        private void Do(in TraderCommand command)
        {
            Sent++;
            var result = _market.Do(Trader, command);
            if (result.Status is not Status.Accepted) { Refused++; }
            _bot.Told(result, this);
        }
    }
}
