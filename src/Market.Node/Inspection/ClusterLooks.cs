using System.Diagnostics;
using Market.Node.Doors.Http;
using Market.Node.Doors.WebSockets;
using Market.Node.Hosting;
using Market.Node.Telemetry;
using Market.Protocol.Values;

namespace Market.Node.Inspection;

/// <summary>Looks at the cluster and at this node; and leaving it.</summary>
public sealed class ClusterLooks(MarketNode node, Membership members, LogThreshold threshold, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private readonly long _mark = time.GetTimestamp();
    private readonly Timestamp _started = Timestamp.Of(time.GetUtcNow());

    /// <summary>How long this node has been there, in ms; never goes back.</summary>
    public long UptimeMs => (long)time.GetElapsedTime(_mark).TotalMilliseconds;

    public Task ClusterAsync(HttpContext http) => Gate.SendAsync(http, members.Cluster(http));

    public async Task NodeAsync(HttpContext http)
    {
        var (shards, waiting) = await node.LookAsync(engine => (engine.Shards.Count, engine.Shards.Sum(shard => (long)shard.Mailbox.Depth)), http.RequestAborted);
        using var process = Process.GetCurrentProcess();
        await Gate.SendAsync(http, new ShownNode(
            members.Self, WebSocketDoor.Version, _started.ToString(), UptimeMs, shards, node.Engine.Stopped.Count, waiting, node.DeadLetters.Count,
            process.WorkingSet64, GC.GetTotalMemory(forceFullCollection: false), Math.Round(Environment.CpuUsage.TotalTime.TotalSeconds, 1),
            LogThreshold.Name(threshold.Level), node.Engine.Down));
    }

    public Task RegionsAsync(HttpContext http) => Gate.SendAsync(http, new ShownRegions(members.Self, [.. node.Markets.Values.Select(Region)]));

    /// <summary>Ends this node as SIGTERM does: it hands its shards over one after the other, and others serve them.</summary>
    public async Task LeaveAsync(HttpContext http)
    {
        if (node.Cluster is null)
        {
            await new Problem(StatusCodes.Status409Conflict, "ALONE", null, "This node is part of no cluster: nobody would serve its shards. To end it, stop its process.").SendAsync(http);
            return;
        }
        http.Response.OnCompleted(() =>
        {
            lifetime.StopApplication();
            return Task.CompletedTask;
        });
        await Gate.SendAsync(http, new ShownLeaving(members.Self, "leaving"), StatusCodes.Status202Accepted);
    }

    private static ShownRegion Region(RunningMarket market)
    {
        var summary = market.View.Summary;
        return new ShownRegion(market.Id.Value, Doors.Frames.Name(summary.Status), market.Rules.Shards, summary.Traders, summary.InFlight, market.Region.MailboxDepths.Sum());
    }
}
