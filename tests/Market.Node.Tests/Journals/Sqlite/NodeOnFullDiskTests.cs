using System.Net;
using System.Text.Json;

namespace Market.Node.Tests.Journals.Sqlite;

/// <summary>A whole node on a disk that fills up: it refuses what it could not keep, keeps what it answered, and goes on by itself.</summary>
public class NodeOnFullDiskTests
{
    private const string Name = "full";

    private readonly List<(string TxnId, string State)> _answered = [];

    [SkippableFact]
    public async Task A_node_on_a_full_disk_says_so_loses_nothing_and_goes_on_when_there_is_room()
    {
        using var disk = new SmallDisk();
        string token;
        await using (var node = await NodeOnDisk.StartAsync(disk.Path))
        {
            try
            {
                token = await node.JoinAsync(Name);
                node.ActAs(token);
                await NodeOnDisk.UntilAsync("twenty answers", async () => await TryBuyAsync(node) && _answered.Count >= 20);
                disk.Fill();
                await RefusesAsync(node, disk);
                (await StateAsync(node)).ShouldBe(_answered[^1].State);
            }
            finally
            {
                disk.FreeSpace();
            }
            await NodeOnDisk.UntilAsync("an answer once there is room", () => TryBuyAsync(node));
            (await node.ReadyAsync()).Status.ShouldBe(HttpStatusCode.OK);
            await NodeOnDisk.UntilAsync("twenty more", async () => await TryBuyAsync(node) && _answered.Count >= 40);
            await RemembersAsync(node);
        }
        await using var again = await NodeOnDisk.StartAsync(disk.Path);
        again.ActAs(token);
        (await StateAsync(again)).ShouldBe(_answered[^1].State);
        await RemembersAsync(again);
    }

    private async Task RefusesAsync(NodeOnDisk node, SmallDisk disk)
    {
        JsonElement problem = default;
        await NodeOnDisk.UntilAsync("a refusal", async () =>
        {
            var (status, type, body) = await BuyAsync(node);
            if (status != HttpStatusCode.ServiceUnavailable) { return false; }
            type.ShouldBe("application/problem+json");
            problem = body;
            return true;
        });
        problem.GetProperty("status").GetInt32().ShouldBe(503);
        problem.GetProperty("statusName").GetString().ShouldBe("JOURNAL_UNAVAILABLE");
        var detail = problem.GetProperty("detail").GetString()!;
        detail.ShouldContain(disk.Path);
        detail.ShouldContain("full");
        await NodeOnDisk.UntilAsync("not ready, and why", async () =>
        {
            var (status, reasons) = await node.ReadyAsync();
            return status == HttpStatusCode.ServiceUnavailable && reasons.Contains(disk.Path) && reasons.Contains("full");
        });
    }

    /// <summary>All that was answered is known, with the same outcome.</summary>
    private async Task RemembersAsync(NodeOnDisk node)
    {
        foreach (var (txnId, state) in _answered)
        {
            var (status, _, body) = await node.BuyAsync(txnId);
            status.ShouldBe(HttpStatusCode.OK);
            body.GetProperty("status").GetString().ShouldBe("DUPLICATE");
            body.GetProperty("state").GetRawText().ShouldBe(state);
        }
    }

    private async Task<bool> TryBuyAsync(NodeOnDisk node) => (await BuyAsync(node)).Status == HttpStatusCode.OK;

    /// <summary>Buys, and writes down what was answered. What is refused is never sent again.</summary>
    private async Task<(HttpStatusCode Status, string? Type, JsonElement Body)> BuyAsync(NodeOnDisk node)
    {
        var txnId = $"{Name}-{Guid.NewGuid():n}";
        var answer = await node.BuyAsync(txnId);
        if (answer.Status == HttpStatusCode.OK) { _answered.Add((txnId, answer.Body.GetProperty("state").GetRawText())); }
        return answer;
    }

    private static async Task<string> StateAsync(NodeOnDisk node)
    {
        var whole = (await node.StateAsync(Name)).EnumerateObject().Where(field => field.Name is not ("team" or "name")).ToList();
        return "{" + string.Join(",", whole.Select(field => $"\"{field.Name}\":{field.Value.GetRawText()}")) + "}";
    }
}
