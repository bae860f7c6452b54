using System.Globalization;
using System.Threading.Channels;
using Market.Actors.Answers;
using Market.Actors.Bots;
using Market.Actors.Chance;
using Market.Node.Config;
using Market.Node.Doors;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Bots;

/// <summary>
/// The house's own traders, so that a market lives from its first minute. All of them think on one worker, woken by ticks and answers; with no
/// bots there is no worker and no listening.
/// </summary>
public sealed class HouseBots(MarketNode node, Hub hub, NodeOptions options, ILogger<HouseBots> logger) : BackgroundService, IListener
{
    /// <summary>News waiting for the worker; when it cannot keep up, the oldest are lost, which a bot gets over.</summary>
    private const int MaxNews = 10_000;

    private readonly Channel<(BotDesk? Desk, Result Result, PriceTick Tick)> _news =
        Channel.CreateBounded<(BotDesk?, Result, PriceTick)>(new BoundedChannelOptions(MaxNews) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly List<BotDesk> _desks = [];

    public void Ticked(PriceNews news) => _news.Writer.TryWrite((null, default, news.Tick));

    public void Posted(Gibb gibb)
    {
    }

    public void Moved(MarketId market, MarketStatus status)
    {
    }

    public void Told(in Result result)
    {
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Bots.Count == 0) { return; }
        var market = node.Markets[options.Markets[0].Id];
        try
        {
            await HireAsync(market, stoppingToken);
            var chatter = new Chatterbox(ChanceStream.For(0, $"/{market.Id}/chatter"));
            hub.Listen(market.Id, this);
            await foreach (var news in _news.Reader.ReadAllAsync(stoppingToken)) { Hear(market, chatter, news); }
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            logger.LogError(failed, "The house's bots stay away until the node is started again");
        }
        finally
        {
            hub.Leave(market.Id, null, this);
        }
    }

    private async Task HireAsync(RunningMarket market, CancellationToken cancel)
    {
        // What an earlier run of this node sent must not be taken for what this one sends.
        var run = Convert.ToString(node.Clock.Now.UnixMs, CultureInfo.InvariantCulture);
        for (var i = 0; i < options.Bots.Count; i++)
        {
            var (team, name, bot) = Temperaments.Hire(i, ChanceStream.For((ulong)i, $"/{market.Id}/bots"));
            if (!market.Rules.Teams.Contains(team)) { team = market.Rules.Teams[i % market.Rules.Teams.Count]; }
            var trader = new TraderKey(team, name);
            var joined = await market.Region.AskAsync<Joined>(to => new JoinTrader(trader, to), cancel);
            var desk = new BotDesk(market, trader, bot, joined.State, run, (to, result) => _news.Writer.TryWrite((to, result, default)), (from, text) => Post(market, from.Trader.Name, text));
            _desks.Add(desk);
            hub.ListenTo(market.Id, trader, new DeskListener(this, desk));
        }
    }

    private void Hear(RunningMarket market, Chatterbox chatter, in (BotDesk? Desk, Result Result, PriceTick Tick) news)
    {
        if (news.Desk is { } desk)
        {
            desk.Told(news.Result);
            return;
        }
        foreach (var each in _desks) { each.Priced(news.Tick); }
        if (chatter.Next(news.Tick.Seq) is var (author, text)) { Post(market, author, text); }
    }

    private static void Post(RunningMarket market, string author, string text) =>
        market.Region.TryAsk(new PostGibb(author, text, "bot", Nobody.Listens));

    /// <summary>Takes what happens to one bot's trader unasked to the worker.</summary>
    private sealed class DeskListener(HouseBots house, BotDesk desk) : IListener
    {
        public void Ticked(PriceNews news)
        {
        }

        public void Posted(Gibb gibb)
        {
        }

        public void Moved(MarketId market, MarketStatus status)
        {
        }

        public void Told(in Result result) => house._news.Writer.TryWrite((desk, result, default));
    }

    /// <summary>For posts whose score nobody waits for.</summary>
    private sealed class Nobody : IAnswerTo<Gibb>
    {
        public static Nobody Listens { get; } = new();

        public void Answer(long tag, in Gibb answer)
        {
        }

        public void Fail(long tag, Failure failure)
        {
        }
    }
}
