package dev.waggle.simulator.checks;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * A change of one method in a compiled class. So production code needs no place where a test could
 * put a mistake in, and what is changed is the very code that runs.
 *
 * @param className whose
 * @param method the name; of overloaded ones, all
 * @param answer what it does instead
 */
record Mutation(String className, String method, Answer answer) {
  /** What a method does instead of what it should. */
  sealed interface Answer {
    /** It returns a number, or false as 0. */
    record Constant(int value) implements Answer {}

    /** It returns at once, with nothing if it returns anything. */
    record Nothing() implements Answer {}

    /** It returns an empty list. */
    record EmptyList() implements Answer {}

    /** It does what it did, but for its branches of one kind. */
    record Instead(Opcode branch, Opcode other) implements Answer {}

    /** It returns null once an int field of its object is greater than this. */
    record NothingAfter(String field, int most) implements Answer {}
  }

  /** The class as it is with the mistake in it. */
  byte[] applyTo(byte[] sound) {
    ClassFile classFile = ClassFile.of();
    ClassModel model = classFile.parse(sound);
    if (model.methods().stream().noneMatch(this::isMeant)) {
      throw new IllegalArgumentException("no method " + method + " in " + className);
    }
    ClassDesc owner = model.thisClass().asSymbol();
    return classFile.transformClass(
        model,
        ClassTransform.transformingMethods(
            this::isMeant,
            (builder, element) -> {
              if (element instanceof CodeModel code) {
                MethodModel original = code.parent().orElseThrow();
                builder.withCode(changed -> change(owner, original, code, changed));
              } else {
                builder.with(element);
              }
            }));
  }

  private boolean isMeant(MethodModel candidate) {
    return candidate.methodName().equalsString(method);
  }

  private void change(ClassDesc owner, MethodModel original, CodeModel code, CodeBuilder out) {
    TypeKind kind = TypeKind.from(original.methodTypeSymbol().returnType());
    switch (answer) {
      case Answer.Constant(int value) -> {
        if (kind == TypeKind.LONG) {
          out.loadConstant((long) value).lreturn();
        } else {
          out.loadConstant(value).ireturn();
        }
      }
      case Answer.Nothing() -> out.return_();
      case Answer.EmptyList() ->
          out.invokestatic(
                  ClassDesc.of("java.util.List"),
                  "of",
                  MethodTypeDesc.of(ClassDesc.of("java.util.List")),
                  true)
              .areturn();
      case Answer.Instead(Opcode branch, Opcode other) -> {
        for (CodeElement element : code) {
          if (element instanceof BranchInstruction found && found.opcode() == branch) {
            out.branch(other, found.target());
          } else {
            out.with(element);
          }
        }
      }
      case Answer.NothingAfter(String field, int most) -> {
        Label goOn = out.newLabel();
        out.aload(0)
            .getfield(owner, field, ConstantDescs.CD_int)
            .loadConstant(most)
            .if_icmple(goOn)
            .aconst_null()
            .areturn()
            .labelBinding(goOn);
        code.forEach(out::with);
      }
    }
  }
}
