using System.Text;

namespace Market.Node.Load;

/// <summary>Every answer, by its status. Looks at the text of each and parses none, because the client shares its cores with the node.</summary>
public sealed class AnswerTally
{
    private static readonly byte[] Accepted = "\"status\":\"ACCEPTED\""u8.ToArray();
    private readonly Dictionary<string, long> _others = [];

    public long AcceptedCount { get; private set; }

    /// <summary>Answers other than ACCEPTED, by the name of their status.</summary>
    public IReadOnlyDictionary<string, long> Others => _others;

    /// <param name="orders">How many orders this answers.</param>
    public void Count(ReadOnlySpan<byte> answer, int orders)
    {
        var accepted = answer.Count(Accepted);
        AcceptedCount += accepted;
        if (accepted == orders) { return; }
        var left = orders - accepted - CountOthers(answer);
        if (left <= 0) { return; }
        Add(NameIn(answer, "\"statusName\":\""u8) ?? NameIn(answer, "\"title\":\""u8) ?? "without a status", left);
    }

    public void Add(AnswerTally other)
    {
        AcceptedCount += other.AcceptedCount;
        foreach (var (status, count) in other._others) { Add(status, count); }
    }

    private int CountOthers(ReadOnlySpan<byte> answer)
    {
        var key = "\"status\":\""u8;
        var count = 0;
        for (var at = answer.IndexOf(key); at >= 0; at = answer.IndexOf(key))
        {
            answer = answer[(at + key.Length)..];
            var status = Word(answer);
            if (status == "ACCEPTED") { continue; }
            Add(status, 1);
            count++;
        }
        return count;
    }

    private static string? NameIn(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> key)
    {
        var at = answer.IndexOf(key);
        return at < 0 ? null : Word(answer[(at + key.Length)..]);
    }

    private static string Word(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'"');
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }

    private void Add(string status, long count) => _others[status] = _others.GetValueOrDefault(status) + count;
}
