using System.Diagnostics.Metrics;
using Market.Node.Doors.Http;
using Market.Node.Doors.WebSockets;
using Market.Node.Hosting;
using Market.Protocol.Messages;

namespace Market.Node.Telemetry;

/// <summary>
/// What a node can be asked about itself, all of it read when somebody asks: while nobody does, it costs nothing.
/// </summary>
public sealed class MarketMeter : IDisposable
{
    public const string Name = "monkonomy";

    private readonly Meter _meter = new(Name);

    public MarketMeter(MarketNode node, WebSocketDoor sockets, StreamEndpoint streams, OpenConnections connections)
    {
        var counters = node.Engine.Counters;
        Counter("monkonomy_journal_appends_total", "Appends to the journal, each of all turns of one round.", () => counters.Appends);
        Counter("monkonomy_turns_total", "Turns journaled.", () => counters.Turns);
        Counter("monkonomy_events_total", "Events journaled.", () => counters.Events);
        Counter("monkonomy_journal_bytes_total", "Bytes journaled.", () => counters.Bytes);
        Counter("monkonomy_recovered_events_total", "Events replayed at starts.", () => counters.RecoveredEvents);
        Counter("monkonomy_dead_letters_total", "Commands that could not be handled.", () => node.DeadLetters.Count);
        Gauge("monkonomy_journal_writable", "1 while the journal can be written.", () => node.Engine.Down is null ? 1 : 0);
        Gauge("monkonomy_shards_stopped", "Shards that stopped because something that must hold did not.", () => node.Engine.Stopped.Count);
        Gauge("monkonomy_connections", "Open connections of all doors.", () => connections.Count);
        Gauge("monkonomy_websocket_connections", "Open WebSockets.", () => sockets.Connections);
        Gauge("monkonomy_stream_clients", "Open event streams.", () => streams.Clients);
        Seconds("monkonomy_journal_append_seconds_total", "Time that appends to the journal took.", () => node.Journal.AppendTime);
        Counter("monkonomy_journal_conflicts_total", "Appends that another owner's were in the way of.", () => node.Journal.Conflicts);
        OfTheCluster(node);
        OfTheProcess();
        PerMarket("monkonomy_mailbox_depth", "Commands waiting in the mailboxes of a market.", node, market => market.Region.MailboxDepths.Sum());
        PerMarket("monkonomy_mailbox_deepest", "Commands waiting in the fullest mailbox of a market.", node, market => market.Region.MailboxDepths.Max());
        PerMarket("monkonomy_traders", "Traders of a market.", node, market => market.View.Summary.Traders);
        PerMarket("monkonomy_investments_in_flight", "Investments not yet come home.", node, market => market.View.Summary.InFlight);
        PerMarket("monkonomy_ticks", "Number of the last tick.", node, market => market.View.Summary.Price.Seq);
        PerMarket("monkonomy_running", "1 while a market runs.", node, market => market.View.Status is MarketStatus.Running ? 1 : 0);
        PerMarket("monkonomy_board_changes", "Changes of a market's board.", node, market => market.View.BoardChanges);
        _meter.CreateObservableGauge("monkonomy_price_coins", () => node.Markets.Values.Select(market =>
            new Measurement<double>(market.View.Summary.Price.Price.ToDouble(), Label(market))), null, "Price of a share.");
    }

    /// <summary>Whether it is this node's; another node in the process has instruments of the same names.</summary>
    public bool Has(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    public void Dispose() => _meter.Dispose();

    /// <summary>There for a node that is alone too, where nothing of it happens: what is scraped has the same names everywhere.</summary>
    private void OfTheCluster(MarketNode node)
    {
        Gauge("monkonomy_cluster_member", "1 while this node takes part in its cluster.", () => node.Cluster is { Away: null } ? 1 : 0);
        Gauge("monkonomy_cluster_nodes", "Nodes heard of lately, itself included.", () => node.Cluster?.Present.Count ?? 0);
        Gauge("monkonomy_cluster_answers_waited_for", "Commands of this node's doors on their way to an owner or back.", () => node.Cluster?.AnswersWaitedFor ?? 0);
        Counter("monkonomy_cluster_shards_taken_total", "Times that a shard came to live here.", () => node.Cluster?.Counters.Taken ?? 0);
        Counter("monkonomy_cluster_shards_given_total", "Times that a shard went from here.", () => node.Cluster?.Counters.Given ?? 0);
        Counter("monkonomy_cluster_late_mail_total", "Mail with commands that had been under way for too long to be done.", () => node.Cluster?.Counters.Late ?? 0);
        Counter("monkonomy_cluster_redeliveries_total", "Mail of shards that came again.", () => node.Cluster?.Counters.Redelivered ?? 0);
        Counter("monkonomy_amqp_refused_total", "Messages to clients of the broker that a queue of theirs refused.", () => node.Cluster?.Counters.Refused ?? 0);
    }

    private void OfTheProcess()
    {
        Gauge("monkonomy_process_memory_bytes", "Memory of the process.", () => Environment.WorkingSet);
        Gauge("monkonomy_process_threads", "Threads of the process's pool.", () => ThreadPool.ThreadCount);
        Gauge("monkonomy_gc_heap_bytes", "Managed memory in use.", () => GC.GetTotalMemory(forceFullCollection: false));
        Seconds("monkonomy_process_cpu_seconds_total", "CPU time of the process.", () => Environment.CpuUsage.TotalTime);
        Seconds("monkonomy_gc_pause_seconds_total", "Time that garbage collections stopped everything.", GC.GetTotalPauseDuration);
        _meter.CreateObservableCounter("monkonomy_gc_collections_total", () => Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation =>
            new Measurement<long>(GC.CollectionCount(generation), new KeyValuePair<string, object?>("generation", generation))), null, "Garbage collections, those of older generations among the younger.");
    }

    private void Seconds(string name, string help, Func<TimeSpan> read) => _meter.CreateObservableCounter(name, () => read().TotalSeconds, null, help);

    private void Counter(string name, string help, Func<long> read) => _meter.CreateObservableCounter(name, read, null, help);

    private void Gauge(string name, string help, Func<long> read) => _meter.CreateObservableGauge(name, read, null, help);

    private void PerMarket(string name, string help, MarketNode node, Func<RunningMarket, long> read) => _meter.CreateObservableGauge(
        name, () => node.Markets.Values.Select(market => new Measurement<long>(read(market), Label(market))), null, help);

    private static KeyValuePair<string, object?> Label(RunningMarket market) => new("market", market.Id.Value);
}
