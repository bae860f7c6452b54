using System.Security.Cryptography;
using System.Text;
using Market.Actors.Journal;

namespace Market.Actors.Laboratory;

/// <summary>
/// One number for a whole journal: SHA-256 over each stream's name and the SHA-256 of all its turns' bytes, streams in the order of their
/// shards. Turns of different streams may come in any order, so it is the same however many threads made the journal; and a journal
/// that was kept gives the same number as the run that made it.
/// </summary>
public static class JournalHash
{
    /// <param name="streams">Each stream's own hash, in the order of the shards.</param>
    /// <returns>64 hexadecimal digits, lower case.</returns>
    public static string Of(IEnumerable<(StreamId Stream, byte[] Hash)> streams)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (stream, hash) in streams)
        {
            all.AppendData(Encoding.UTF8.GetBytes($"{stream}\n"));
            all.AppendData(hash);
        }
        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    /// <summary>The hash of a journal that was kept.</summary>
    /// <exception cref="JournalUnavailableException">It cannot be read.</exception>
    public static string Of(IJournal journal)
    {
        var streams = journal.Streams();
        var hashes = streams.ToDictionary(stream => stream, _ => IncrementalHash.CreateHash(HashAlgorithmName.SHA256));
        foreach (var turn in journal.Read(streams.ToDictionary(stream => stream, _ => 1L))) { hashes[turn.Stream].AppendData(turn.Bytes.Span); }
        var hash = Of(streams.Select(stream => (stream, hashes[stream].GetHashAndReset())));
        foreach (var one in hashes.Values) { one.Dispose(); }
        return hash;
    }
}
