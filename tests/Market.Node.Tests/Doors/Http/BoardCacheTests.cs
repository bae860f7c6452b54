using Market.Node.Doors.Http;
using Market.Node.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Market.Node.Tests.Doors.Http;

/// <summary>A crowd costs one ranking, and nobody waits for it to be forgotten.</summary>
public sealed class BoardCacheTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly MarketNode _markets = shared.Node.Services.GetRequiredService<MarketNode>();

    [Fact]
    public async Task Board_that_did_not_change_is_ranked_once_for_all_who_ask_and_whatever_they_ask_for()
    {
        await shared.JoinAsync();
        await shared.JoinAsync();
        var time = new HandTime();
        var (boards, market) = (new BoardCache(_markets, time), _markets.Markets.Values.Single());

        var first = boards.Of(market, 10);
        var crowd = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => boards.Of(market, i))));

        crowd.ShouldAllBe(board => ReferenceEquals(board.Teams, first.Teams));
        crowd.Select((board, limit) => board.Traders.Count == Math.Min(limit, first.Traders.Count)).ShouldAllBe(fits => fits);
        time.Pass(TimeSpan.FromMilliseconds(200));
        boards.Of(market, 10).Teams.ShouldNotBeSameAs(first.Teams);
    }

    [Fact]
    public async Task Trader_sees_its_own_deed_where_ranking_costs_nothing()
    {
        var trader = await shared.JoinAsync();
        var (boards, market) = (new BoardCache(_markets, new HandTime()), _markets.Markets.Values.Single());
        for (var fed = 1; fed <= 5; fed++)
        {
            (await shared.Node.CommandAsync(trader, Commands.Feed($"t{fed}", 1))).ShouldBeAnswered(0, "ACCEPTED");

            boards.Of(market, 100).Traders.Single(row => row.Trader.Name == trader.Name).State.FedMonkeys.ShouldBe(fed);
        }
    }
}
