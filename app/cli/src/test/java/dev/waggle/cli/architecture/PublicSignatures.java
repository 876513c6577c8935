package dev.waggle.cli.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;

/** What somebody meets who uses a type from elsewhere. */
final class PublicSignatures {
  /** Whether a type can be named from elsewhere. */
  static boolean isVisible(JavaClass type) {
    return isVisible(type.getModifiers())
        && type.getEnclosingClass().map(PublicSignatures::isVisible).orElse(true);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  static ArchCondition<JavaClass> mentionOnly(String... packages) {
    Set<String> allowed = Set.of(packages);
    return new ArchCondition<>("mention only " + String.join(", ", packages)) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        supertypes(type).forEach(met -> judge(type, type.getName(), met, events));
        type.getMembers().stream()
            .filter(member -> isVisible(member.getModifiers()))
            .forEach(
                member ->
                    types(member)
                        .flatMap(met -> met.getAllInvolvedRawTypes().stream())
                        .forEach(met -> judge(type, member.getFullName(), met, events)));
      }

      private void judge(JavaClass type, String where, JavaClass met, ConditionEvents events) {
        JavaClass plain = met.getBaseComponentType();
        String name = plain.getPackageName();
        if (name.startsWith("dev.waggle") && !(allowed.contains(name) && isVisible(plain))) {
          events.add(SimpleConditionEvent.violated(type, where + " mentions " + plain.getName()));
        }
      }
    };
  }

  private static Stream<JavaClass> supertypes(JavaClass type) {
    return Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream());
  }

  private static Stream<JavaType> types(JavaMember member) {
    if (!(member instanceof JavaCodeUnit code)) {
      return Stream.of(((JavaField) member).getType());
    }
    return Stream.concat(
        Stream.of(code.getReturnType()),
        Stream.concat(code.getParameterTypes().stream(), code.getExceptionTypes().stream()));
  }

  private PublicSignatures() {}
}
