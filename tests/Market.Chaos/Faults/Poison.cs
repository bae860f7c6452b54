using Market.Actors.Journal;
using Market.Chaos.Machines;
using Market.Node.Cluster;
using Market.Protocol.Values;
using Market.Servers;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Market.Chaos.Faults;

/// <summary>Puts mail that nobody can read into shards' queues, and counts what was set aside.</summary>
internal sealed class Poison(Room room, int shards)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private static readonly CreateChannelOptions Confirmed = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private readonly Topology _topology = new(Room.Cluster);

    /// <summary>That the broker confirmed.</summary>
    public int Put { get; private set; }

    /// <summary>Returns when the broker has it.</summary>
    public async Task PutAsync(Random chance)
    {
        var shard = new StreamId(MarketId.Of("banana"), chance.Next(shards));
        var bytes = new byte[1 + chance.Next(200)];
        chance.NextBytes(bytes);
        bytes[0] = 0xFF; // no mail begins with it
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(Confirmed);
        await channel.BasicPublishAsync("", _topology.ShardQueue(shard), mandatory: true, new BasicProperties { Persistent = true }, bytes);
        Put++;
    }

    /// <summary>How much is in the queue of mail that could not be handled.</summary>
    public async Task<long> SetAsideAsync()
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(_topology.Rejects);
    }

    private async Task<IConnection> ConnectAsync()
    {
        while (true)
        {
            try
            {
                return await new ConnectionFactory { Uri = room.Broker.Address() }.CreateConnectionAsync();
            }
            catch (BrokerUnreachableException)
            {
                await Pause.ForAsync(BetweenTries);
            }
        }
    }
}
