using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Market.Node.Cli.Client;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Load;

/// <summary>Lets traders of a load join a node, through its HTTP door, as any others do.</summary>
public static class Joining
{
    /// <summary>Joins so many, with names that nobody had before; where joining is limited it comes back when it is told to.</summary>
    /// <param name="code">The join code; null for none.</param>
    /// <param name="joined">Told how many have joined.</param>
    /// <exception cref="NodeProblemException">The node lets nobody join.</exception>
    /// <exception cref="NodeFailedException">There is no answer, or none of a node.</exception>
    public static async Task<LoadTrader[]> JoinAsync(NodeClient node, int count, string? code, Action<int> joined, CancellationToken cancel)
    {
        var board = await node.GetAsync(node.PathOf("board?limit=0"), cancel);
        string[] teams = board.Of("teams") is { } rows ? [.. rows.EnumerateArray().Select(team => team.Text("team")!)] : throw NodeFailedException.NotANode();
        var run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        var traders = new List<LoadTrader>();
        while (traders.Count < count)
        {
            var key = new TraderKey(teams[traders.Count % teams.Length], string.Create(CultureInfo.InvariantCulture, $"bench-{run}-{traders.Count}"));
            try
            {
                traders.Add(await JoinAsync(node, key, code, cancel));
                joined(traders.Count);
            }
            catch (NodeProblemException limited) when (limited.Problem is { Code: (int)Status.RateLimited })
            {
                await Task.Delay(TimeSpan.FromMilliseconds(limited.Problem.RetryAfterMs ?? 1_000), cancel);
            }
        }
        return [.. traders];
    }

    private static async Task<LoadTrader> JoinAsync(NodeClient node, TraderKey key, string? code, CancellationToken cancel)
    {
        var body = new JsonObject { ["team"] = key.Team, ["name"] = key.Name };
        if (code is not null) { body["code"] = code; }
        var answer = await node.PostAsync(node.PathOf("traders"), body, null, cancel);
        return new LoadTrader(key, answer.Text("token") ?? throw NodeFailedException.NotANode());
    }
}
