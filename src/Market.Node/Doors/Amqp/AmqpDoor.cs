using Market.Actors.Cluster;
using Market.Node.Cluster;
using Market.Node.Config;
using Market.Node.Doors.Limits;
using Market.Node.Doors.Tokens;
using Market.Node.Hosting;
using RabbitMQ.Client;

namespace Market.Node.Doors.Amqp;

/// <summary>
/// The door for clients of the broker: plain exchanges, the original's JSON, and a token; nothing of shards. Of the nodes with a door one at a time takes
/// from each queue, in its order; when it ends, the next gets what it had not acknowledged, and the txnIds make that one effect.
/// </summary>
public sealed class AmqpDoor(MarketNode node, CommandDoor commands, TraderTokens tokens, NodeOptions options, NewsOutbox news, TimeProvider time) : ISessionPart
{
    public async Task BeginAsync(IBrokerSession session, CancellationToken cancel)
    {
        var exchanges = new Exchanges(options.Cluster!.Name);
        var channel = await session.ChannelAsync();
        await exchanges.DeclareAsync(channel, cancel);
        await TellNewsAsync(session);
        if (!options.Cluster.Roles.HasFlag(NodeRoles.Door)) { return; }
        var outbox = new Outbox(await session.ConfirmedAsync(toClients: true));
        session.Run(outbox.RunAsync);
        var open = new OpenCommands(node.Markets.ToDictionary(market => market.Key, market => Redeliverable.MostOf(market.Value.Rules.Traders)));
        var replies = await RepliesAsync(session, channel, outbox, CommandConsumer.Prefetch, open.Acknowledged, cancel);
        await channel.BasicConsumeAsync(exchanges.CommandQueue, autoAck: false, new CommandConsumer(channel, node, commands, tokens, open, replies, time, cancel), cancel);
        await TakeGibbsAsync(session, exchanges, outbox, cancel);
    }

    private async Task TakeGibbsAsync(IBrokerSession session, Exchanges exchanges, Outbox outbox, CancellationToken cancel)
    {
        var channel = await session.ChannelAsync();
        var replies = await RepliesAsync(session, channel, outbox, GibbConsumer.Prefetch, _ => { }, cancel);
        var pace = new TokenBucket(options.Limits.GibbsPerSecond, options.Limits.GibbsPerSecond, time);
        await channel.BasicConsumeAsync(exchanges.GibbQueue, autoAck: false, new GibbConsumer(channel, node, pace, replies, time, cancel), cancel);
    }

    private async Task<Replies> RepliesAsync(IBrokerSession session, IChannel channel, Outbox outbox, ushort prefetch, Action<ulong> acknowledged, CancellationToken cancel)
    {
        await channel.BasicQosAsync(0, prefetch, global: false, cancel);
        var acknowledgements = new Acknowledgements(channel, prefetch, acknowledged);
        var replies = new Replies(outbox, acknowledgements, time);
        session.Run(acknowledgements.RunAsync);
        session.Run(replies.Again.RunAsync);
        return replies;
    }

    private async Task TellNewsAsync(IBrokerSession session)
    {
        var (told, states) = (await session.ConfirmedAsync(toClients: true), await session.ConfirmedAsync(toClients: true));
        session.Run(cancel => news.SendNewsAsync(told, cancel));
        session.Run(cancel => news.SendStatesAsync(states, time, cancel));
    }
}
