using System.Globalization;
using Market.Node.Cli.Client;
using Market.Node.Load;
using Market.Protocol.Values;

namespace Market.Cluster;

/// <summary>Clients of the broker's exchanges, one order a message, answered and durable, beside the broker with no market.</summary>
internal static class Amqp
{
    private const string Name = "amqp-single";
    private const int Traders = 100;
    private const double Floor = 15_000;
    private const double Share = 0.6;

    private static readonly MarketId Banana = MarketId.Of("banana");

    public static async Task RunAsync(Machine machine, TimeSpan time, ClusterTable table, CancellationToken cancel)
    {
        if (!table.Wants(Name)) { return; }
        using var shards = machine.NewNode("amqp", "shards", "shards, views");
        using var door = machine.NewNode("amqp", "door", "door, views");
        shards.Start();
        door.Start();
        await Waiting.ReadyAsync(door.Address, cancel);
        ClusterTable.Progress($"{Name} …");
        using var http = new NodeClient(door.Address, Banana);
        using var clients = new AmqpClients(await Joining.JoinAsync(http, Traders, null, _ => { }, cancel));
        await clients.MeasureAsync(machine.Broker, time, cancel);
        var perSecond = clients.Answered / time.TotalSeconds;
        var share = table.PerSecondOf(AmqpAlone.Name) is { } limit ? perSecond / limit : 1;
        table.Add(new ClusterRow(
            Name, string.Create(CultureInfo.InvariantCulture, $"{AmqpClients.InFlight:n0} in flight"), perSecond, clients.Ms(0.5), clients.Ms(0.9), clients.Ms(0.99), clients.Ms(1),
            "≥ 15,000/s, 60 % of the broker alone", perSecond >= Floor && share >= Share, clients.Refused));
    }
}
