using Market.Actors.Chance;

namespace Market.Actors.Tests.Chance;

/// <summary>Every machine, and every version, must draw this. Computed apart from this code: never change one.</summary>
public class ChanceStreamTests
{
    public static readonly TheoryData<ulong, ulong[]> GoldenBits = new()
    {
        { 0, [0xA706DD2F4D197E6F, 0x46B73E79F0C37C00, 0xEE2751B92135351C, 0x4E213BB3324A7B38, 0x4694C35B74D11C5C] },
        { 1, [0x210AEE97DCE61845, 0x3E548FC912F992E6, 0xB6104014A5957F76, 0x5E36817F326F01B9, 0x8E55C2624D508BBA] },
        { ulong.MaxValue, [0x6309143E67A47936, 0x9581A0C4BBF5AF49, 0x08B17E9E816F4EE8, 0x40E034776DC668FA, 0x8E66A43092D38972] },
        { 0xDD1CF96808A6D40F, [0x3B4CD37C4787848D, 0xEDD3B8B9A164ACCD, 0xC81089D264B3BBAD, 0x7E1C691557E29711, 0x891C6AC239890A65] },
    };

    public static readonly TheoryData<ulong, ulong[]> GoldenUniforms = new()
    {
        { 0, [0x3FE4E0DBA5E9A32F, 0x3FD1ADCF9E7C30DE, 0x3FEDC4EA372426A7, 0x3FD3884EECCC929E, 0x3FD1A530D6DD3446] },
        { 1, [0x3FC085774BEE730C, 0x3FCF2A47E4897CCC, 0x3FE6C2080294B2AF, 0x3FD78DA05FCC9BC2, 0x3FE1CAB84C49AA11] },
        { ulong.MaxValue, [0x3FD8C2450F99E91E, 0x3FE2B03418977EB5, 0x3FA162FD3D02DE90, 0x3FD0380D1DDB719A, 0x3FE1CCD486125A71] },
        { 0xDD1CF96808A6D40F, [0x3FCDA669BE23C3C4, 0x3FEDBA7717342C95, 0x3FE902113A4C9677, 0x3FDF871A4555F8A6, 0x3FE1238D58473121] },
    };

    /// <summary>With μ = 0.0001 and σ = 0.01, the steps of the price.</summary>
    public static readonly TheoryData<ulong, ulong[]> GoldenLogNormals = new()
    {
        { 0, [0x3FF0107F1EFE292C, 0x3FEFD04AEC8733FE, 0x3FF03D66C93D9358, 0x3FEFD72E7810FBCC, 0x3FEFD02A1B073667] },
        { 1, [0x3FEFA4B2B016A149, 0x3FEFC810490392BE, 0x3FF01748BE86F6FC, 0x3FEFE53F56003E89, 0x3FF0062EB67937CF] },
        { ulong.MaxValue, [0x3FEFE94C100487F7, 0x3FF0091C1D5AC83F, 0x3FEF6C9C858CB7D8, 0x3FEFCA9E524433F8, 0x3FF006358FC7D7E1] },
        { 0xDD1CF96808A6D40F, [0x3FEFC4F2D5C1102E, 0x3FF03D02106976D6, 0x3FF0205FC7B1D7FD, 0x3FEFFF4DCDA65F3F, 0x3FF004120F486E51] },
    };

    [Theory]
    [MemberData(nameof(GoldenBits))]
    public void The_first_five_draws_have_golden_bits(ulong key, ulong[] bits) =>
        Hex(i => new ChanceStream(key).Bits(i)).ShouldBe(Hex(i => bits[i]));

    [Theory]
    [MemberData(nameof(GoldenUniforms))]
    public void The_first_five_uniforms_have_golden_bits(ulong key, ulong[] bits) =>
        Hex(i => BitConverter.DoubleToUInt64Bits(new ChanceStream(key).Uniform(i))).ShouldBe(Hex(i => bits[i]));

    [Theory]
    [MemberData(nameof(GoldenLogNormals))]
    public void The_first_five_log_normals_have_golden_bits(ulong key, ulong[] bits) =>
        Hex(i => BitConverter.DoubleToUInt64Bits(new ChanceStream(key).LogNormal(i, 0.0001, 0.01))).ShouldBe(Hex(i => bits[i]));

    [Fact]
    public void Draws_far_down_the_row_have_golden_bits()
    {
        new ChanceStream(0).Bits(1_000_000_000).ShouldBe(0x2B070380843A8F2Dul);
        new ChanceStream(0).Bits(long.MaxValue).ShouldBe(0x690889AE19FE46B3ul);
    }

    [Fact]
    public void An_actor_has_the_stream_of_its_seed_and_its_path()
    {
        ChanceStream.For(42, "/banana/price").Key.ShouldBe(0xDD1CF96808A6D40Ful);
        ChanceStream.For(43, "/banana/price").ShouldNotBe(ChanceStream.For(42, "/banana/price"));
        ChanceStream.For(42, "/banana/plantation").ShouldNotBe(ChanceStream.For(42, "/banana/price"));
    }

    [Fact]
    public void A_draw_depends_on_nothing_drawn_before()
    {
        var stream = new ChanceStream(7);
        var forwards = Enumerable.Range(0, 100).Select(i => stream.Bits(i)).ToArray();
        var backwards = Enumerable.Range(0, 100).Reverse().Select(i => stream.Bits(i)).Reverse().ToArray();
        backwards.ShouldBe(forwards);
    }

    [Fact]
    public void There_is_no_draw_before_the_first() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ChanceStream(0).Bits(-1));

    [Fact]
    public void Uniforms_are_odd_multiples_of_two_to_the_minus_53_strictly_between_0_and_1()
    {
        var stream = new ChanceStream(99);
        for (var i = 0; i < 10_000; i++)
        {
            var units = stream.Uniform(i) * 9_007_199_254_740_992.0;
            units.ShouldBeGreaterThan(0);
            units.ShouldBeLessThan(9_007_199_254_740_992.0);
            (units % 2).ShouldBe(1);
        }
    }

    [Fact]
    public void A_log_normal_without_spread_is_its_median() =>
        new ChanceStream(5).LogNormal(3, 0.035, 0).ShouldBe(PortableMath.Exp(0.035));

    private static string[] Hex(Func<int, ulong> draw) => [.. Enumerable.Range(0, 5).Select(i => draw(i).ToString("X16"))];
}
