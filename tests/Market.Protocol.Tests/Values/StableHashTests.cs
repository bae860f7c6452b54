using Market.Protocol.Values;

namespace Market.Protocol.Tests.Values;

public class StableHashTests
{
    private const ulong Prime32 = 2_654_435_761;

    /// <summary>The vectors of the algorithm's own sanity check (xxHash, cli/xsum_sanity_check.c, XSUM_XXH64_testdata).</summary>
    [Theory]
    [InlineData(0, 0, 0xEF46DB3751D8E999)]
    [InlineData(0, Prime32, 0xAC75FDA2929B17EF)]
    [InlineData(1, 0, 0xE934A84ADB052768)]
    [InlineData(1, Prime32, 0x5014607643A9B4C3)]
    [InlineData(4, 0, 0x9136A0DCA57457EE)]
    [InlineData(4, Prime32, 0xCAAB286BD8E9FDB5)]
    [InlineData(14, 0, 0x8282DCC4994E35C8)]
    [InlineData(14, Prime32, 0xC3BD6BF63DEB6DF0)]
    [InlineData(222, 0, 0xB641AE8CB691C174)]
    [InlineData(222, Prime32, 0x20CB8AB7AE10C14A)]
    public void Bytes_hash_to_the_published_vectors(int length, ulong seed, ulong expected) =>
        StableHash.Hash64(SanityBytes(length), seed).ShouldBe(expected);

    [Theory]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    [InlineData("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1)]
    public void Ascii_bytes_hash_to_the_values_others_publish(string ascii, ulong expected) =>
        StableHash.Hash64(System.Text.Encoding.ASCII.GetBytes(ascii)).ShouldBe(expected);

    /// <summary>Computed apart from this code. Shards, seeds and ids depend on them: never change one.</summary>
    [Theory]
    [InlineData("", 0xEF46DB3751D8E999, 0x98B1582B0977E704)]
    [InlineData("a", 0xE513E02C99167F96, 0xC899C88B07BB8E84)]
    [InlineData("banana", 0x22FA1124D1B65F02, 0x458F2FB609F1E489)]
    [InlineData("/banana/price", 0x57C10B8A76031B10, 0xDD1CF96808A6D40F)]
    [InlineData("/banana/plantation", 0x943F1A027F6083DB, 0x50C7D4B537BE30B6)]
    [InlineData("/banana/trader/BONOBO/alice", 0x92398C1238B7BE49, 0x8F625D3866AADAD7)]
    [InlineData("/banana/trader/ALOUATE/猴🍌", 0xDEF4C6CF61425BD8, 0x25EB7092D3E5461D)]
    public void Texts_hash_to_their_golden_values(string text, ulong unseeded, ulong seededWith42)
    {
        StableHash.Hash64(text).ShouldBe(unseeded);
        StableHash.Hash64(text, 42).ShouldBe(seededWith42);
    }

    [Fact]
    public void An_unpaired_surrogate_has_a_golden_value_of_its_own() =>
        StableHash.Hash64([(char)0xD83D]).ShouldBe(0x650C9933EBCC3876ul);

    [Theory]
    [InlineData("", 0xEF46DB3751D8E999, 0x5E742A23FB3C2D61)]
    [InlineData("banana", 0x22FA1124D1B65F02, 0x2104AFF7D1A78AE5)]
    [InlineData("/banana/trader/BONOBO/alice", 0x92398C1238B7BE49, 0xCB9C84DB733D86B9)]
    public void The_128_bit_hash_has_golden_values(string text, ulong high, ulong low) =>
        StableHash.Hash128(text).ShouldBe((high, low));

    [Fact]
    public void A_text_is_hashed_as_its_code_units_low_byte_first()
    {
        for (var length = 0; length < 100; length++)
        {
            var text = new string('猴', length) + "banana"[..(length % 6)];
            StableHash.Hash64(text, 7).ShouldBe(StableHash.Hash64(System.Text.Encoding.Unicode.GetBytes(text), 7), $"{length} characters");
        }
    }

    [Fact]
    public void Neighbouring_names_spread_evenly_over_sixteen_shards()
    {
        var counts = new int[16];
        for (var i = 0; i < 16_000; i++)
        {
            counts[StableHash.Hash64($"/banana/trader/DRILL/bot-{i}") % 16]++;
        }
        counts.Min().ShouldBeGreaterThan(850); // 1,000 expected, standard deviation 31
        counts.Max().ShouldBeLessThan(1_150);
    }

    [Fact]
    public void One_flipped_bit_flips_about_half_of_the_hash()
    {
        var flipped = 0;
        for (var bit = 0; bit < 320; bit++)
        {
            var letters = "/banana/trader/alice".ToCharArray();
            letters[bit / 16] ^= (char)(1 << (bit % 16));
            flipped += System.Numerics.BitOperations.PopCount(StableHash.Hash64(letters) ^ StableHash.Hash64("/banana/trader/alice"));
        }
        (flipped / 320.0).ShouldBe(32, 1.5); // standard error 4/√320 = 0.22
    }

    [Fact]
    public void Hashing_allocates_nothing()
    {
        StableHash.Hash128("/banana/trader/BONOBO/alice");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) { StableHash.Hash128("/banana/trader/BONOBO/alice"); }
        GC.GetAllocatedBytesForCurrentThread().ShouldBe(before);
    }

    /// <summary>The generator of the sanity check: the top byte of a running product.</summary>
    private static byte[] SanityBytes(int length)
    {
        var bytes = new byte[length];
        ulong state = Prime32;
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)(state >> 56);
            state *= 0x9E3779B185EBCA8D;
        }
        return bytes;
    }
}
