using System.Text.Json;
using Market.Chaos.Traders;

namespace Market.Chaos.Judgement;

/// <summary>What people saw at the end, what the journal says they should have, and what traders can say from their own answers alone.</summary>
internal static class Boards
{
    /// <param name="shown">By each node.</param>
    /// <param name="kept">Made of the journal.</param>
    public static IEnumerable<string> Compare(JsonElement[] shown, JsonElement kept, IEnumerable<Account> accounts)
    {
        var rows = Rows(kept);
        foreach (var (board, number) in shown.Select((board, number) => (board, number + 1)))
        {
            var other = Rows(board);
            foreach (var (trader, row) in rows)
            {
                if (!other.TryGetValue(trader, out var its)) { yield return $"node-{number} does not show {trader}."; }
                else if (!JsonElement.DeepEquals(its, row)) { yield return $"node-{number} shows {its.GetRawText()}, the journal has {row.GetRawText()}"; }
            }
            if (other.Count != rows.Count) { yield return $"node-{number} shows {other.Count} traders, the journal has {rows.Count}."; }
        }
        foreach (var account in accounts)
        {
            if (!rows.TryGetValue($"{account.Pass.Team}/{account.Pass.Name}", out var row)) { yield return $"The journal does not know {account.Pass.Name}."; }
            else if (Wrong(account, row) is { } wrong) { yield return wrong; }
        }
    }

    private static string? Wrong(Account account, JsonElement row)
    {
        var shares = 5 + (5 * row.GetProperty("bailouts").GetInt64()) + account.Shares;
        return row.GetProperty("shares").GetInt64() == shares && row.GetProperty("fedMonkeys").GetInt64() == account.Fed && row.GetProperty("inFlightInvestments").GetInt64() == 0
            ? null
            : $"{account.Pass.Name} was told of {shares} shares and {account.Fed} fed monkeys, and the journal has {row.GetRawText()}";
    }

    private static Dictionary<string, JsonElement> Rows(JsonElement board) =>
        board.GetProperty("traders").EnumerateArray().ToDictionary(row => $"{row.GetProperty("team").GetString()}/{row.GetProperty("name").GetString()}");
}
