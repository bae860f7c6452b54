using System.Buffers.Binary;
using Xunit.Abstractions;

namespace Market.Node.Tests.Journals.Damage;

/// <summary>
/// Every byte of a journal's file changed, and the file cut at every length: found and located, or without harm, and never taken for sound.
/// With MONKONOMY_DAMAGE=all each byte is changed in nine ways and the file cut at each length, else every third in one that differs from byte to byte.
/// </summary>
public class DamageSweepTests(ITestOutputHelper output)
{
    private static readonly bool All = Environment.GetEnvironmentVariable("MONKONOMY_DAMAGE") == "all";

    [Theory]
    [InlineData("plain-1")]
    [InlineData("snapshots-1")]
    public void No_changed_byte_of_the_file_is_taken_for_sound(string name)
    {
        var file = SmallPages.Closed(name);
        using var judge = new Judge(file);
        foreach (var (at, mask) in Changes(file.Length)) { judge.Try($"byte {at} xor {mask:x2}", Changed(file, at, mask)); }
        Say(name, file.Length, judge);
        judge.Wrong.ShouldBeEmpty();
        judge.Verdicts[Verdict.Found].ShouldBeGreaterThan(judge.Tried / 2);
        (judge.Verdicts[Verdict.Earlier] + judge.Verdicts[Verdict.CutOff]).ShouldBe(0);
    }

    [Theory]
    [InlineData("plain-1")]
    [InlineData("snapshots-1")]
    public void No_cut_of_the_file_is_taken_for_sound(string name)
    {
        var file = SmallPages.Closed(name);
        using var judge = new Judge(file);
        for (var length = 0; length < file.Length; length += All ? 1 : 7) { judge.Try($"cut to {length}", file[..length]); }
        Say($"{name} cut", file.Length, judge);
        judge.Wrong.ShouldBeEmpty();
        (judge.Verdicts[Verdict.Found] + judge.Verdicts[Verdict.Refused]).ShouldBe(judge.Tried);
    }

    [Fact]
    public void No_changed_byte_of_the_log_is_taken_for_sound()
    {
        var (file, log, _, _) = SmallPages.Crashed();
        using var judge = new Judge(file, log);
        foreach (var (at, mask) in Changes(log.Length)) { judge.Try($"log byte {at} xor {mask:x2}", file, Changed(log, at, mask)); }
        Say("log", log.Length, judge);
        judge.Wrong.ShouldBeEmpty();
        judge.Verdicts[Verdict.Found].ShouldBeGreaterThan(judge.Tried / 2);
        judge.Verdicts[Verdict.Earlier].ShouldBe(0);
    }

    [Fact]
    public void A_changed_byte_of_the_file_under_a_log_is_not_taken_for_sound()
    {
        var (file, log, _, _) = SmallPages.Crashed();
        using var judge = new Judge(file, log);
        foreach (var (at, mask) in Changes(file.Length)) { judge.Try($"byte {at} xor {mask:x2} under a log", Changed(file, at, mask), log); }
        Say("file under a log", file.Length, judge);
        judge.Wrong.ShouldBeEmpty();
        (judge.Verdicts[Verdict.Earlier] + judge.Verdicts[Verdict.CutOff]).ShouldBe(0);
    }

    [Fact]
    public void A_cut_of_the_log_is_said_unless_it_leaves_whole_commits()
    {
        var (file, log, appends, inDatabase) = SmallPages.Crashed();
        using var judge = new Judge(file, log);
        var earlier = new List<int>();
        foreach (var length in Enumerable.Range(0, log.Length).Where(length => All || length % 7 == 0 || IsWhole(log, length)))
        {
            if (judge.Try($"log cut to {length}", file, log[..length]) is Verdict.Earlier) { earlier.Add(length); }
        }
        Say("log cut", log.Length, judge);
        judge.Wrong.ShouldBeEmpty();
        // No log at all, a log with nothing in it, and one that ends with each commit but the last: as if the others had never been.
        earlier.Count.ShouldBe(appends.Count - inDatabase + 1);
        judge.Verdicts[Verdict.Harmless].ShouldBe(0);
    }

    /// <summary>Whether a frame ends here, or the header does.</summary>
    private static bool IsWhole(byte[] log, int length) => (length - 32) % (24 + BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(8))) == 0;

    private static IEnumerable<(int At, byte Mask)> Changes(int length)
    {
        for (var at = 0; at < length; at += All ? 1 : 3)
        {
            if (!All)
            {
                yield return (at, (byte)(1 << (at * 5 % 8)));
                continue;
            }
            for (var bit = 0; bit < 8; bit++) { yield return (at, (byte)(1 << bit)); }
            yield return (at, 0xff);
        }
    }

    private static byte[] Changed(byte[] bytes, int at, byte mask)
    {
        var changed = bytes.ToArray();
        changed[at] ^= mask;
        return changed;
    }

    private void Say(string what, int length, Judge judge) =>
        output.WriteLine($"{what}, {length} bytes, {judge.Tried} tried: " + string.Join(", ", judge.Verdicts.Select(verdict => $"{verdict.Value} {verdict.Key}")));
}
