using System.Net;
using Market.Actors.Cluster;
using Market.Protocol.Values;
using Market.Protocol.Wire;
using Market.Servers.Tests.Servers;
using RabbitMQ.Client;

namespace Market.Servers.Tests.Cluster;

/// <summary>What the broker sent a node stays on the line, and the broker takes it back: when it arrives after all, it is not that node's to do.</summary>
[Collection(nameof(Brokers))]
public sealed class HeldMailTests(Brokers brokers)
{
    private static readonly TraderKey Held = new("BONOBO", "held");

    [SkippableFact]
    public async Task Mail_that_the_broker_may_have_given_to_others_is_not_handled()
    {
        var broker = await brokers.NewHostAsync();
        await using var line = new Line(IPAddress.Loopback, broker.Port);
        await using var owner = await LoneSession.BeginAsync(new UriBuilder(broker) { Port = line.Place.Port }.Uri);

        line.Stall();
        await SendAsync(broker, owner.QueueOf(Held), new RequestMail("elsewhere", 1, 1, new AskedJoin(Held)));
        await Eventually.TrueAsync(async () => await WaitingAsync(broker, owner.QueueOf(Held)) == 0); // it is on the line
        await brokers.CloseConnectionsAsync();
        await Eventually.TrueAsync(async () => await WaitingAsync(broker, owner.QueueOf(Held)) > 0); // and for the next in line
        for (var half = 0; half < 18; half++) { owner.Live(TimeSpan.FromSeconds(0.5)); }
        line.Mend();
        await owner.EndedAsync();

        owner.Knows(Held).ShouldBeFalse();
        owner.Log.ShouldContain(text => text.Contains("gave it to no other", StringComparison.Ordinal)); // it came
    }

    private static async Task SendAsync(Uri broker, string queue, ShardMail mail)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var bytes = new BytesWriter();
        ShardMailCodec.Write(bytes, mail);
        await channel.BasicPublishAsync("", queue, mandatory: true, bytes.Written.ToArray());
    }

    private static async Task<uint> WaitingAsync(Uri broker, string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(queue);
    }
}
